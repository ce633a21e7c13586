import { anonymousBytes, residentBytes } from '../processTime';
import { openModel } from './openedModel';

/** `npx tsx bench/quantisation/memory.ts FILE`: what a process has in RAM that has opened a model and read a slice, MB. */
const contextTokens = 4096;

const [path = ''] = process.argv.slice(2);
const { model, sequence } = await openModel(path, contextTokens);
await sequence.evaluate(model.encode('export function main(): void {\n'.repeat(20)).slice(0, 64));
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
console.log(JSON.stringify([residentBytes(process.pid), anonymousBytes(process.pid)].map(megabytes)));
process.exit(0);
