import type { Filter } from './filter';

/**
 * What the keys of well-known services look like, as the services document them: AWS, GitHub, GitLab, npm, Slack, Google,
 * Stripe, OpenAI and those who write keys alike, JSON Web Tokens, private keys. A model that says one has learnt it
 * from somebody, or makes up what will be taken for one.
 */
const secret = new RegExp(
	[
		'\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b',
		'\\bgh[opsur]_[0-9A-Za-z]{36}',
		'\\bgithub_pat_[0-9A-Za-z_]{40}',
		'\\bglpat-[\\w-]{20}',
		'\\bnpm_[0-9A-Za-z]{36}',
		'\\bxox[abeoprs]-[0-9A-Za-z-]{20}',
		'\\bAIza[\\w-]{35}',
		'\\b[rs]k_live_[0-9A-Za-z]{20}',
		'\\bsk-[\\w-]{32}',
		'\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}',
		'-----BEGIN [A-Z ]*PRIVATE KEY-----',
	].join('|'),
	'g',
);

/** Shows nothing that looks like a key or a password of a service, unless it stands in the document already. */
export const dropSecrets: Filter = (candidate, { prefix, suffix }) => {
	const isNew = [...candidate.text.matchAll(secret)].some(
		([value]) => !prefix.includes(value) && !suffix.includes(value),
	);
	return isNew ? undefined : candidate;
};
