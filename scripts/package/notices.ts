import { join } from 'node:path';
import { grammarParts } from './grammarParts';
import { readManifest } from './installedPackage';
import { isPermissive, licenceText } from './licences';
import { nativeParts } from './nativeParts';
import { PackageError } from './packageError';

interface Notice {
	readonly title: string;
	readonly licence: string;
	readonly text: string;
}

const opening = `Sotto contains the following software of third parties.
Each part is under its own licence, which is given below its name.`;

/**
 * The text of THIRD-PARTY-NOTICES.txt for the packages in `folders` (relative to `root`), one entry per name and
 * version, and, when the binaries are `native`, for what is compiled into them. Throws a `PackageError` for a package
 * whose licence is not permissive or whose licence text cannot be given.
 */
export async function thirdPartyNotices(root: string, folders: Iterable<string>, native: boolean): Promise<string> {
	const packages = await Promise.all([...folders].map(folder => packageNotice(root, folder)));
	const parts = native ? [...(await nativeParts(root)), ...(await grammarParts(root))] : [];
	const compiled = parts.map(({ name, ...part }) => ({ title: name, ...part }));
	const byTitle = new Map([...packages, ...compiled].map(notice => [notice.title, notice]));
	const notices = [...byTitle.values()].sort((left, right) => (left.title < right.title ? -1 : 1));
	return `${[opening, ...notices.map(render)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function packageNotice(root: string, folder: string): Promise<Notice> {
	const manifest = await readManifest(root, folder);
	const title = `${manifest.name} ${manifest.version}`;
	if (manifest.license === undefined || !isPermissive(manifest.license)) {
		throw new PackageError(
			`${title} is licensed "${manifest.license ?? 'not stated'}", which is not on the list of permissive licences ` +
				`(scripts/package/licences.ts), so it cannot be shipped.`,
		);
	}
	return { title, licence: manifest.license, text: await licenceText(join(root, folder), manifest) };
}

function render({ title, licence, text }: Notice): string {
	return `${title} (${licence})\n\n${text}`;
}
