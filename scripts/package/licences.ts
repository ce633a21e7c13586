import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './installedPackage';
import { mitText } from './licenceTexts';
import { PackageError } from './packageError';

/** SPDX ids of the licences that let us ship the code inside an MIT extension with nothing but a notice. */
const permissive = new Set([
	'0BSD',
	'Apache-2.0',
	'BlueOak-1.0.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
	'Unlicense',
]);

/** True when an SPDX expression leaves us at least one way to comply by permissive licences alone. */
export function isPermissive(expression: string): boolean {
	const alternatives = expression.replaceAll(/[()]/g, ' ').split(/\sOR\s/);
	// Brackets are dropped, so a mixed expression could be read wrongly: one with both operators needs every id allowed.
	const mixed = alternatives.length > 1 && /\sAND\s/.test(expression);
	const allowed = (text: string): boolean => text.split(/\sAND\s/).every(id => permissive.has(id.trim()));
	return mixed ? alternatives.every(allowed) : alternatives.some(allowed);
}

/**
 * The licence text in a package's folder, with its NOTICE if it has one. Some MIT packages forget the file: for those,
 * the licence's own text under the author's name. Throws a `PackageError` for any other package without a text.
 */
export async function licenceText(folder: string, manifest: Manifest): Promise<string> {
	const all = (await readdir(folder)).sort();
	const licences = all.filter(name => /^(?:licen[cs]e|copying)\b/i.test(name));
	if (licences.length > 0) {
		const names = [...licences, ...all.filter(name => /^notice\b/i.test(name))];
		const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
		return texts.map(text => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
	}
	if (manifest.license === 'MIT') {
		return mitText([authorName(manifest) ?? `the authors of ${manifest.name}`]);
	}
	throw new PackageError(
		`${manifest.name} ${manifest.version} is ${manifest.license ?? 'of no stated licence'} and has no licence text, ` +
			`so it cannot be shipped: replace it, or add its text to the notices.`,
	);
}

function authorName({ author }: Manifest): string | undefined {
	const name = typeof author === 'string' ? author : author?.name;
	return name?.replace(/\s*[<(].*$/, '');
}
