import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { groupByPackage } from './installedPackage';

/** The bundles of esbuild.mjs that are shipped. The command line is not. */
const shippedBundles = ['extension', 'engine', 'syntax', 'webview'] as const;

const metafile = z.object({ inputs: z.record(z.string(), z.unknown()) });
const metafiles = z.object({ extension: metafile, engine: metafile, syntax: metafile, webview: metafile });

/** Folders (relative to `root`) of the packages that the last build put into the bundles that are shipped. */
export async function bundledPackages(root: string): Promise<readonly string[]> {
	const meta = metafiles.parse(JSON.parse(await readFile(join(root, 'dist/meta.json'), 'utf8')));
	const inputs = shippedBundles.flatMap(name => Object.keys(meta[name].inputs));
	return groupByPackage(inputs).map(({ folder }) => folder);
}
