import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, llamaSource } from '../cacheFolder';
import type { Quantisation } from './quantise';
import { shapes, type ShapeName } from './shape';
import { readVocabulary } from './vocabulary';
import { voices, type VoiceName } from './voice';
import { writeShape } from './writeShape';

/** To be raised when the writer changes: older files are not used any more. */
const version = 4;
const seed = 20_251_125;

/** The path of a model with the shape of Qwen2.5-Coder and random weights, made if it is not there. */
export function shapedModel(name: ShapeName, type: Quantisation, voice: VoiceName = 'vague'): string {
	const path = join(cacheFolder(), `qwen2.5-coder-${name}-${type}-${voice}-${version}.gguf`);
	if (!existsSync(path)) {
		const vocabulary = readVocabulary(readFileSync(join(llamaSource(), 'models/ggml-vocab-qwen2.gguf')));
		writeShape(
			path,
			{ name: `Coder shape ${name}`, shape: shapes[name], type, seed, voice: voices[voice] },
			vocabulary,
		);
	}
	return path;
}
