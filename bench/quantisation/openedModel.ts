import type { EngineModel, TokenSequence } from '../../src/engine/engineModel';
import { loadLlamaModel } from '../../src/engine/llamaModel';

export interface OpenedModel {
	readonly model: EngineModel;
	readonly sequence: TokenSequence;
}

/** As the engine opens one, with a single thread. */
export async function openModel(path: string, contextTokens: number): Promise<OpenedModel> {
	const model = await loadLlamaModel({
		path,
		threads: 1,
		addsLeadingSpace: false,
		isEnd: () => false,
		log: message => {
			console.error(message);
		},
	});
	return { model, sequence: await model.openSequence(contextTokens) };
}
