import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { ModelError } from './modelError';

/** A file of a ZIP archive; a wheel is one. */
export interface ArchiveMember {
	readonly archive: string;
	readonly member: string;
}

/** Writes the members to `file`, one behind the other. Throws a `ModelError` when an archive does not have its member. */
export async function joinMembers(members: readonly ArchiveMember[], file: string): Promise<void> {
	for (const [index, member] of members.entries()) {
		await pipeline(await openMember(member), createWriteStream(file, { flags: index === 0 ? 'w' : 'a' }));
	}
}

async function openMember({ archive, member }: ArchiveMember): Promise<NodeJS.ReadableStream> {
	const zip = await openPromise(archive);
	for await (const entry of zip.eachEntry()) {
		if (entry.fileName === member) {
			return zip.openReadStreamPromise(entry);
		}
	}
	throw new ModelError(`${archive} has no ${member}.`);
}
