import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InfillingDataError, parseTasks, type InfillingTask } from '../../../core/evaluation/infilling/infillingTask';
import { errorMessage } from '../../../core/util/errorMessage';
import { UsageError } from '../../cli/arguments';

export interface TaskFile {
	readonly name: string;
	/** Digest of the unpacked text, so that a packed and an unpacked file have the same one. */
	readonly sha256: string;
	readonly tasks: readonly InfillingTask[];
}

/** Published files have below 10 MB. Bytes, unpacked. */
const largestText = 256 * 1024 * 1024;

/** @param path of a `.jsonl`, or of one that gzip has packed. @throws UsageError where it cannot be read or holds something else. */
export async function readTasks(path: string): Promise<TaskFile> {
	try {
		const data = await readFile(path);
		const isPacked = data[0] === 0x1f && data[1] === 0x8b;
		const text = isPacked ? await promisify(gunzip)(data, { maxOutputLength: largestText }) : data;
		const sha256 = createHash('sha256').update(text).digest('hex');
		return { name: basename(path), sha256, tasks: parseTasks(text.toString('utf8')) };
	} catch (error) {
		const reason = errorMessage(error);
		const what = error instanceof InfillingDataError ? 'is no file of HumanEval-infilling' : 'cannot be read';
		throw new UsageError(`${path} ${what}: ${reason}. Name another: --data FILE.jsonl.gz`, { cause: error });
	}
}
