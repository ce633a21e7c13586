import { open, type FileHandle } from 'node:fs/promises';
import { EngineError } from '../../core/engine/engineError';
import { hasGgufMagic, parseGgufHeader, type GgufHeader } from './ggufHeader';
import { DamagedHeader, NeedsMoreBytes } from './ggufReader';

export interface ModelFile {
	readonly header: GgufHeader;
	readonly bytes: number;
	/** Changes when the file is replaced. */
	readonly version: string;
}

/** Holds the header of most models at once. */
const firstRead = 1024 * 1024;

const choose = 'Choose another model, or clear the setting to use the one that comes with Sotto.';

/**
 * Reads the header of a model file and holds it against the file's length, before native code sees the file.
 * @throws EngineError `model-missing`, `model-not-gguf`, `model-truncated` or `model-unsupported`.
 */
export async function openModelFile(path: string): Promise<ModelFile> {
	const file = await openFile(path);
	try {
		const stat = await file.stat();
		if (!stat.isFile()) {
			throw missing(path);
		}
		const header = await readHeader(file, path, stat.size);
		if (header.fileBytes !== undefined && header.fileBytes > stat.size) {
			throw truncated(path);
		}
		return { header, bytes: stat.size, version: `${stat.ino} ${stat.size} ${stat.mtimeMs}` };
	} finally {
		await file.close();
	}
}

async function openFile(path: string): Promise<FileHandle> {
	try {
		return await open(path, 'r');
	} catch (error) {
		throw missing(path, error);
	}
}

async function readHeader(file: FileHandle, path: string, fileBytes: number): Promise<GgufHeader> {
	for (let length = firstRead; ; length *= 4) {
		const bytes = Buffer.alloc(Math.min(length, fileBytes));
		const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
		if (!hasGgufMagic(bytes)) {
			throw new EngineError('model-not-gguf', `The file ${path} is not a GGUF model. ${choose}`);
		}
		try {
			return parseGgufHeader(bytes.subarray(0, bytesRead));
		} catch (error) {
			if (error instanceof DamagedHeader) {
				throw unsupported(path, error);
			}
			if (!(error instanceof NeedsMoreBytes)) {
				throw error;
			}
			if (bytesRead >= fileBytes) {
				throw truncated(path);
			}
		}
	}
}

export function unsupported(path: string, cause: unknown): EngineError {
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new EngineError('model-unsupported', `The model ${path} cannot be loaded (${reason}). ${choose}`, { cause });
}

function missing(path: string, cause?: unknown): EngineError {
	return new EngineError('model-missing', `There is no model file at ${path} that can be read. ${choose}`, { cause });
}

function truncated(path: string): EngineError {
	return new EngineError('model-truncated', `The model ${path} is incomplete. Download it again, or choose another.`);
}
