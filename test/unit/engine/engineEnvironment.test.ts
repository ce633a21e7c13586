import assert from 'node:assert/strict';
import { engineEnvironment } from '../../../src/node/engine/engineEnvironment';
import { engineForkOptions } from '../../../src/node/engine/engineProcess';

const hostile = {
	PATH: '/usr/bin',
	HOME: '/home/me',
	NODE_OPTIONS: '--require ./evil.js',
	LD_PRELOAD: 'evil.so',
	DYLD_INSERT_LIBRARIES: 'evil.dylib',
	ELECTRON_RUN_AS_NODE: '0',
	NODE_LLAMA_CPP_GPU: 'cuda',
	HF_ENDPOINT: 'https://evil.example',
	GITHUB_TOKEN: 'secret',
	Path: 'C:\\Windows',
};

describe('engineEnvironment', () => {
	it('lets through what the system needs and nothing else', () => {
		assert.deepEqual(engineEnvironment(hostile), {
			PATH: '/usr/bin',
			HOME: '/home/me',
			Path: 'C:\\Windows',
			ELECTRON_RUN_AS_NODE: '1',
			ELECTRON_NO_ASAR: '1',
		});
	});
});

describe('engineForkOptions', () => {
	it('gives the child no arguments of Node and no standard input, only the channel', () => {
		const options = engineForkOptions('/ext/dist/engine.mjs', hostile);
		assert.deepEqual(options.execArgv, []);
		assert.deepEqual(options.stdio, ['ignore', 'pipe', 'pipe', 'ipc']);
		assert.equal(options.cwd, '/ext/dist');
		assert.equal(options.serialization, 'advanced');
	});
});
