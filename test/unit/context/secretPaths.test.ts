import assert from 'node:assert/strict';
import { isSecretPath } from '../../../src/core/context/secretPaths';

const secret = [
	'.env',
	'.env.local',
	'.env.example',
	'.ENV.Production',
	'app/.env',
	'C:\\work\\app\\.env',
	'prod.env',
	'.envrc',
	'.dev.vars',
	'server.pem',
	'tls/Server.KEY',
	'cert.p12',
	'cert.pfx',
	'release.jks',
	'release.keystore',
	'AuthKey_ABC.p8',
	'putty.ppk',
	'secring.gpg',
	'passwords.kdbx',
	'id_rsa',
	'id_ed25519',
	'id_ed25519_sk',
	'ssh_host_ecdsa_key',
	'.npmrc',
	'.yarnrc.yml',
	'.pypirc',
	'.netrc',
	'_netrc',
	'.pgpass',
	'.htpasswd',
	'.git-credentials',
	'.docker/config.json',
	'/home/me/.aws/credentials',
	'/home/me/.aws/config',
	'/home/me/.ssh/config',
	'c:\\Users\\me\\.ssh\\config',
	'/home/me/.gnupg/gpg.conf',
	'/home/me/.kube/config',
	'kubeconfig',
	'cluster.kubeconfig',
	'terraform.tfstate',
	'terraform.tfstate.backup',
	'prod.tfvars',
	'prod.auto.tfvars',
	'secrets.yaml',
	'config/secrets.yml',
	'db.secret.yaml',
	'values.enc.yaml',
	'credentials.json',
	'client_secret_123.json',
	'service-account.json',
	'application_default_credentials.json',
	'credentials',
	'secrets',
	'.bash_history',
	'.zsh_history',
	'.vault-token',
];

const harmless = [
	'',
	'environment.ts',
	'src/env.ts',
	'src/dotenv/index.ts',
	'keyboard.ts',
	'src/key/index.ts',
	'monkey.py',
	'hotkey',
	'secrets.ts',
	'src/secrets/readSecret.ts',
	'credentialsForm.tsx',
	'password.test.ts',
	'passwordField.vue',
	'package.json',
	'tsconfig.json',
	'config.json',
	'settings.json',
	'id.ts',
	'id_generator.py',
	'identity.rs',
	'values.yaml',
	'main.tf',
	'README.md',
	'history.ts',
	'aws/index.ts',
	'ssh/client.go',
	'Keystore.java',
];

describe('isSecretPath', () => {
	for (const path of secret) {
		it(`is true for ${path}`, () => {
			assert.equal(isSecretPath(path), true);
		});
		it(`is true for ${path} in capitals in a folder`, () => {
			assert.equal(isSecretPath(`src\\${path}`.toUpperCase()), true);
		});
	}
	for (const path of harmless) {
		it(`is false for '${path}'`, () => {
			assert.equal(isSecretPath(path), false);
		});
	}
});
