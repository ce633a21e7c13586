import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** The number of bytes that are read at each end. A model has its name, vocabulary and shape at the start, and weights at the end. */
const partLength = 1024 * 1024;

/**
 * Tells files apart by what they are, not by where they lie or how old they are: SHA-256 of the length and of both ends, because all
 * of a large model, or of the cache of one, would take seconds.
 * @param more that is to be the same.
 */
export async function fileDigest(path: string, more = ''): Promise<string> {
	const file = await open(path, 'r');
	try {
		const { size } = await file.stat();
		const hash = createHash('sha256').update(`${more} ${size} `);
		for (const start of [0, Math.max(0, size - partLength)]) {
			const { buffer, bytesRead } = await file.read(Buffer.alloc(partLength), 0, partLength, start);
			hash.update(buffer.subarray(0, bytesRead));
		}
		return hash.digest('hex');
	} finally {
		await file.close();
	}
}
