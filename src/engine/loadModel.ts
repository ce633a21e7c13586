import { whyItCannotComplete } from '../core/models/completionAbility';
import type { OpenTexts } from '../core/prior/openTexts';
import { detectFormat, tokensOf } from '../core/prompt/fim/detectFormat';
import { contextSize } from './contextSize';
import type { EngineModel, LlamaModelOptions } from './engineModel';
import { explainAbility } from './explainAbility';
import { fileDigest } from './fileDigest';
import { forbiddenTokens, ggufFacts, isControlToken, modelName } from './gguf/ggufFacts';
import type { ModelFile } from './gguf/openModelFile';
import { KeptCache } from './keptCache';
import { LoadedModel } from './loadedModel';
import { PaceMemory } from './paceMemory';
import { SafeTokenizer } from './safeTokenizer';
import type { Turns } from './turns';

export interface LoadModelOptions {
	readonly path: string;
	/** 0 = the engine decides. */
	readonly threads: number;
	readonly file: ModelFile;
	readonly turns: Turns;
	/** The texts of the open files, which the prior counts. */
	readonly texts: OpenTexts;
	readonly log: (message: string) => void;
	/** Absolute path of where caches are kept from one engine to the next, if the user wants that. */
	readonly cacheFolder?: string | undefined;
	/** Absolute path of the file that says how fast models were on this machine. */
	readonly paceFile?: string | undefined;
}

export type LoadWeights = (options: LlamaModelOptions) => Promise<EngineModel>;

/**
 * Loads the weights of a checked file and tells from its header what the model can do.
 * @throws EngineError as `loadLlamaModel` does.
 */
export async function loadModel(options: LoadModelOptions, loadWeights: LoadWeights): Promise<LoadedModel> {
	const { path, file, threads, log, turns, texts } = options;
	const { header } = file;
	const facts = ggufFacts(header);
	const format = detectFormat(facts);
	const model = await loadWeights({
		path,
		threads,
		log,
		addsLeadingSpace: addsLeadingSpace(file),
		isEnd: token => format.stops.has(token) || isControlToken(header, token),
	});
	const forbidden = forbiddenTokens(header, tokensOf(format));
	const tokenizer = new SafeTokenizer(text => model.encode(text), forbidden);
	const name = modelName(header, path);
	const explaining = explainAbility(model, { name, header, facts, log });
	const make = {
		name,
		architecture: facts.architecture,
		keys: header.metadata.keys(),
	};
	const cannotComplete = whyItCannotComplete(make);
	const info = {
		name,
		path,
		architecture: facts.architecture,
		family: format.family,
		verified: format.verified,
		canComplete: cannotComplete === undefined,
		...(cannotComplete !== undefined && { cannotComplete }),
		...explaining.info,
		contextTokens: contextSize(header, { trainedTokens: model.trainedTokens, fileBytes: file.bytes }),
		fileBytes: file.bytes,
		threads: model.threads,
		device: model.device,
	};
	const { cacheFolder, paceFile } = options;
	let digest: Promise<string> | undefined;
	const owner = (): Promise<string> => (digest ??= fileDigest(path, model.build));
	const kept = cacheFolder === undefined ? undefined : new KeptCache({ folder: cacheFolder, owner, log });
	const paces = paceFile === undefined ? undefined : new PaceMemory({ file: paceFile, owner, log });
	return new LoadedModel(info, {
		model,
		format,
		sentence: explaining.sentence,
		template: explaining.template,
		byComment: explaining.byComment,
		tokenizer,
		turns,
		texts,
		log,
		kept,
		paces,
		controlNames: forbidden,
	});
}

/** SentencePiece tokenisers do, unless the header says otherwise. */
function addsLeadingSpace({ header: { metadata } }: ModelFile): boolean {
	return metadata.get('tokenizer.ggml.model') === 'llama' && metadata.get('tokenizer.ggml.add_space_prefix') !== false;
}
