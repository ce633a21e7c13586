/**
 * Files that hold keys and passwords, by name: they never reach a prompt and no completion is offered in them. A template
 * such as `.env.example` counts too, because real values end up in it. Lower case; matched against the file name.
 */
const secretNames: readonly RegExp[] = [
	/^\.env|\.env$|^env$|^\.dev\.vars/,
	/^\.(?:npmrc|yarnrc(?:\.yml)?|pypirc|netrc|pgpass|my\.cnf|htpasswd|git-credentials|dockercfg|s3cfg|boto|vault-token)$/,
	/^(?:_netrc|htpasswd|shadow|kubeconfig|credentials|secrets?|passwords?)$/,
	/^(?:\.?credentials|\.?secrets?|\.?passwords?|client_secret.*|service[-_]?account.*)\.(?:json|ya?ml|toml|ini|xml|txt|csv|properties|cfg|conf|plist|tfvars)$/,
	/^application_default_credentials\.json$/,
	/^(?:id|ssh_host)_[a-z0-9_]+$/,
	/^identity$|^authorized_keys$|^known_hosts$/,
	/\.(?:pem|key|p8|p12|pfx|jks|keystore|bks|ppk|asc|gpg|pgp|der|kdbx?|agekey|ovpn|tfvars|htpasswd|keytab|mobileprovision)$/,
	/\.(?:tfstate(?:\.backup)?|tfvars\.json|auto\.tfvars|kubeconfig|secrets?\.ya?ml|enc\.ya?ml)$/,
	/_history$|^\.(?:bash|zsh|psql|mysql|node_repl|python)_history$/,
];

/** Folders that hold nothing but such files. Lower case. */
const secretFolders: ReadonlySet<string> = new Set([
	'.ssh',
	'.aws',
	'.azure',
	'.gnupg',
	'.kube',
	'.docker',
	'.password-store',
	'.gcloud',
	'gcloud',
	'.secrets',
	'.vault',
	'.terraform.d',
]);

/** True for a path, absolute or relative, with either kind of slash, that must not be read. Case does not matter. */
export function isSecretPath(path: string): boolean {
	const parts = path.toLowerCase().split(/[\\/]+/);
	const name = parts.pop() ?? '';
	return parts.some(part => secretFolders.has(part)) || secretNames.some(pattern => pattern.test(name.trim()));
}
