import { EngineError } from '../../core/engine/engineError';
import { whyItIsNoModel } from '../../core/models/modelKind';
import { partEnding, partPaths, splitPlace, type SplitPlace } from '../../core/models/splitParts';
import { openModelFile, type ModelFile } from './openModelFile';

/**
 * Opens a model that may lie in several files, and tells from the headers whether it is one that writes text, before any weights
 * are loaded.
 * @throws EngineError as `openModelFile` does: `model-unsupported` for what is no such model, or not its first part;
 * `model-truncated` where a part is missing or cut off.
 */
export async function openModel(path: string): Promise<ModelFile> {
	const file = await openModelFile(path);
	const { metadata, tensorCount, tokens } = file.header;
	const place = splitPlace(metadata);
	const facts = { path, metadata, tensorCount, tokenCount: tokens.length, isPart: place !== undefined };
	// Only the first part has all of the metadata.
	const why = place === undefined || place.index === 0 ? whyItIsNoModel(facts) : undefined;
	if (why !== undefined) {
		throw new EngineError('model-unsupported', why);
	}
	return place === undefined ? file : openParts(path, file, place);
}

async function openParts(path: string, first: ModelFile, place: SplitPlace): Promise<ModelFile> {
	const { index, count } = place;
	const paths = partPaths(path, place);
	const whole = `a model in ${count} files`;
	if (paths === undefined) {
		throw new EngineError(
			'model-unsupported',
			`The file ${path} is part ${index + 1} of ${whole}, but its name does not say so. Give all parts their names again: this one ends in ${partEnding(index, count)}.`,
		);
	}
	if (index !== 0) {
		const [firstPath = path] = paths;
		throw new EngineError(
			'model-unsupported',
			`The file ${path} is part ${index + 1} of ${whole}. Choose the first one: ${firstPath}`,
		);
	}
	const others = await Promise.all(paths.slice(1).map(part => openPart(part, whole, paths)));
	return {
		header: first.header,
		bytes: [first, ...others].reduce((sum, part) => sum + part.bytes, 0),
		version: [first, ...others].map(({ version }) => version).join(' '),
	};
}

async function openPart(path: string, whole: string, paths: readonly string[]): Promise<ModelFile> {
	try {
		return await openModelFile(path);
	} catch (error) {
		if (!EngineError.is(error)) {
			throw error;
		}
		const fault = error.code === 'model-missing' ? 'is missing' : 'is incomplete or damaged';
		const part = `Part ${paths.indexOf(path) + 1} of ${whole} ${fault}: ${path}`;
		throw new EngineError('model-truncated', `${part}. Download it again into the same folder.`, { cause: error });
	}
}
