import assert from 'node:assert/strict';
import { renderStatus, type StatusInput } from '../../../src/core/status/renderStatus';

const model = {
	name: 'Mini 8k Mix1',
	path: '/models/sotto-mini.gguf',
	canComplete: true,
	canExplain: false,
	contextTokens: 1024,
};
const base: StatusInput = {
	engine: { kind: 'ready', model },
	enabled: true,
	snoozedUntil: undefined,
	isBusy: false,
	lastLatencyMs: undefined,
	lastSilence: undefined,
	hasOwnModel: false,
	problems: [],
};

const cases: readonly { name: string; input: Partial<StatusInput>; shows: [string, string, string] }[] = [
	{ name: 'off', input: { enabled: false }, shows: ['circle-slash', 'off', 'normal'] },
	{ name: 'snoozed', input: { snoozedUntil: '14:05' }, shows: ['bell-slash', 'until 14:05', 'normal'] },
	{ name: 'not started', input: { engine: { kind: 'stopped' } }, shows: ['sparkle', '', 'normal'] },
	{ name: 'starting', input: { engine: { kind: 'starting' } }, shows: ['loading~spin', 'starting', 'normal'] },
	{ name: 'ready', input: {}, shows: ['sparkle', '', 'normal'] },
	{ name: 'ready, after a suggestion', input: { lastLatencyMs: 41.7 }, shows: ['sparkle', '', 'normal'] },
	{ name: 'busy', input: { isBusy: true }, shows: ['loading~spin', '', 'normal'] },
	{
		name: 'restarting',
		input: { engine: { kind: 'restarting', reason: 'signal SIGKILL', delayMs: 250 } },
		shows: ['sync~spin', 'restarting', 'warning'],
	},
	{
		name: 'failed',
		input: { engine: { kind: 'failed', code: 'model-missing', reason: 'The model is gone.' } },
		shows: ['error', 'failed', 'error'],
	},
	{
		name: 'a model that cannot complete',
		input: { engine: { kind: 'ready', model: { ...model, canComplete: false } } },
		shows: ['error', 'cannot complete', 'error'],
	},
	{
		name: 'a setting of the wrong type',
		input: { problems: ['Setting …'] },
		shows: ['sparkle', '', 'warning'],
	},
];

describe('renderStatus', () => {
	for (const { name, input, shows } of cases) {
		it(`draws: ${name}`, () => {
			const { icon, text, severity } = renderStatus({ ...base, ...input });
			assert.deepEqual([icon, text, severity], shows);
		});
	}

	it('says which model speaks, how long the last suggestion took, and why there is none now', () => {
		const lastSilence = { stage: 'place', reason: 'comment' } as const;
		assert.deepEqual(renderStatus({ ...base, lastLatencyMs: 41.7, lastSilence }).detail, [
			'Model: sotto-mini (bundled). It runs on this machine.',
			'Last suggestion: after 42 ms.',
			'No suggestion here: the cursor is in a comment, where suggestions are off by default.',
		]);
	});

	it('names a model of the user’s own by its file', () => {
		const own = { ...model, path: 'C:\\models\\qwen2.5-coder-1.5b-q8_0.GGUF' };
		const [first] = renderStatus({ ...base, engine: { kind: 'ready', model: own }, hasOwnModel: true }).detail;
		assert.match(first ?? '', /^Model: qwen2\.5-coder-1\.5b-q8_0\. It runs/);
	});

	it('says why a model cannot complete', () => {
		const cannot = { ...model, canComplete: false, cannotComplete: 'It cannot. Choose another.' };
		assert.equal(
			renderStatus({ ...base, engine: { kind: 'ready', model: cannot } }).detail[0],
			'It cannot. Choose another.',
		);
	});

	it('says what to do about a model that is missing', () => {
		const view = renderStatus({
			...base,
			engine: { kind: 'failed', code: 'model-missing', reason: 'The model is gone.' },
		});
		assert.deepEqual(view.detail, ['The model is gone.', 'Click to choose another model or to use the bundled one.']);
	});

	it('keeps the worse severity when settings are wrong as well', () => {
		const engine = { kind: 'failed', code: 'internal', reason: 'r' } as const;
		assert.equal(renderStatus({ ...base, engine, problems: ['p'] }).severity, 'error');
	});
});
