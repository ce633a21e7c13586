import assert from 'node:assert/strict';
import { EngineRig, never } from './engineRig';

/** A name that no model has learnt. */
const name = 'quibbleZorpFlanges';

describe('what the built engine makes of other open files', () => {
	let rig: EngineRig;
	before(async () => {
		rig = await EngineRig.ready();
	});
	after(() => rig.stop());

	const file = {
		id: 'file:///b.ts',
		path: 'src/b.ts',
		text: `export function ${name}(count: number): void {\n\t${name}(count + 1);\n}\n`,
	};
	const asked = { prefix: 'import { log } from "./log";\n\nlog("start");\nquibb' };

	async function share(changed: readonly (typeof file)[], gone: readonly string[] = []): Promise<void> {
		await rig.client.call('texts/share', { changed: [...changed], gone: [...gone] }, never);
	}

	it('completes a name that only another file has, and says where it is from', async () => {
		assert.ok(!(await rig.complete(asked)).text.startsWith(name.slice(5)));
		await share([file]);
		const { text, tokens } = await rig.complete(asked);
		assert.ok(text.startsWith(name.slice(5)), text);
		assert.ok(tokens.some(({ fromPrior }) => fromPrior === true));
	});

	it('does not when it is asked to do without, or about that file itself', async () => {
		await share([file]);
		for (const changes of [{ without: ['prior' as const] }, { path: file.path }]) {
			const { text } = await rig.complete({ ...asked, ...changes });
			assert.ok(!text.includes(name.slice(5)), text);
		}
	});

	it('has forgotten a file that is gone', async () => {
		await share([file]);
		await share([], [file.id]);
		const { text } = await rig.complete(asked);
		assert.ok(!text.includes(name.slice(5)), text);
	});

	it('answers a completion that is asked for while files are read', async () => {
		const long = { ...file, text: 'const value = compute(1);\n'.repeat(20_000) };
		const reading = share([long]);
		const { tokens } = await rig.complete({ prefix: 'const a = ' });
		assert.ok(tokens.length > 0);
		await reading;
		await share([], [file.id]);
	});
});
