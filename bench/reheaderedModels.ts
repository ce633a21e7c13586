import { join, resolve } from 'node:path';
import { prefixFirst, writeChangedModel } from '../test/support/gguf';

/**
 * Writes copies of the model in the box whose headers declare another family: the same weights are then asked in that family's
 * order, which they have never learnt. It shows what an order does to them, and nothing about the family's own models.
 * `npx tsx bench/reheaderedModels.ts FOLDER`
 */
const folder = resolve(process.argv[2] ?? '.');
const drop = /fim_|^general\.name$|^tokenizer\.ggml\.pre$/;
const families = { starcoder: 'default', mellum: 'mellum' } as const;

for (const [family, pre] of Object.entries(families)) {
	const path = join(folder, `sotto-as-${family}.gguf`);
	const add = { 'general.name': `sotto weights in the order of ${family}`, 'tokenizer.ggml.pre': pre };
	process.stdout.write(`${writeChangedModel(path, { ...prefixFirst, drop, add })}\n`);
}
