import { OpenTexts } from '../../src/core/prior/openTexts';
import type { TrustBySize } from '../../src/core/prior/mixture';
import { priorTrust } from '../../src/core/prior/priorWeights';
import { detectFormat, tokensOf } from '../../src/core/prompt/fim/detectFormat';
import { Completer, type CompletionModel } from '../../src/engine/completer';
import type { EngineModel, TokenSequence } from '../../src/engine/engineModel';
import { forbiddenTokens, ggufFacts } from '../../src/engine/gguf/ggufFacts';
import { openModelFile } from '../../src/engine/gguf/openModelFile';
import { loadModel } from '../../src/engine/loadModel';
import { loadLlamaModel } from '../../src/engine/llamaModel';
import { SafeTokenizer } from '../../src/engine/safeTokenizer';
import { Turns } from '../../src/engine/turns';

/** A model in this process, as the engine has it, for those who want to look at its cache. */
export interface RealModel extends Omit<CompletionModel, 'sequence'> {
	readonly model: EngineModel;
	readonly contextTokens: number;
	readonly trust: TrustBySize;
	openSequence(): Promise<TokenSequence>;
	/** A completer that uses `sequence`, and the texts of open files where there are some. */
	completer(sequence: TokenSequence, texts?: OpenTexts): Completer;
}

/** @param path a GGUF that can complete. */
export async function openRealModel(path: string): Promise<RealModel> {
	const file = await openModelFile(path);
	const format = detectFormat(ggufFacts(file.header));
	const loaded: EngineModel[] = [];
	const log = (): undefined => undefined;
	const common = { turns: new Turns(), texts: new OpenTexts(), log };
	const { info } = await loadModel({ path, threads: 1, file, ...common }, async options => {
		const weights = await loadLlamaModel(options);
		loaded.push(weights);
		return weights;
	});
	const [model] = loaded;
	if (model === undefined) {
		throw new Error(`${path} cannot complete`);
	}
	const trust: TrustBySize = lexemes => priorTrust(info, lexemes);
	const forbidden = forbiddenTokens(file.header, tokensOf(format));
	const parts = {
		format,
		tokenizer: new SafeTokenizer(text => model.encode(text), forbidden),
		decode: (tokens: readonly number[], before: readonly number[]) => model.decode(tokens, before),
	};
	return {
		...parts,
		model,
		trust,
		contextTokens: info.contextTokens,
		openSequence: () => model.openSequence(info.contextTokens),
		completer: (sequence, texts) => new Completer({ ...parts, sequence, prior: texts && { texts, trust } }),
	};
}
