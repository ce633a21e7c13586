import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/cacheFolder';
import { ensureModel } from '../../scripts/models/ensureModel';
import { smollm2 } from '../../scripts/models/pinnedModels';
import { recipes, type RecipeName } from '../../scripts/models/quantise/recipes';
import { requantise } from '../../scripts/models/quantise/requantise';

/** To be raised when what the recipes make changes. */
const version = 1;

export interface Candidate {
	readonly name: RecipeName;
	readonly path: string;
	readonly bytes: number;
}

/** The files to compare, made where they are not there yet. */
export async function makeCandidates(names: readonly RecipeName[]): Promise<readonly Candidate[]> {
	const source = await ensureModel(smollm2);
	const folder = join(cacheFolder(), `quantised-${version}`);
	mkdirSync(folder, { recursive: true });
	return names.map(name => {
		const path = name === 'source' ? source : join(folder, `${name}.gguf`);
		if (!existsSync(path)) {
			const description = { name: `SmolLM2-135M-Instruct ${name}`, description: 'made by bench/quantisation.ts' };
			writeFileSync(`${path}.part`, requantise(readFileSync(source), recipes[name], description));
			renameSync(`${path}.part`, path);
		}
		return { name, path, bytes: statSync(path).size };
	});
}
