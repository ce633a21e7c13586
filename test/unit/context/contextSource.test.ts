import assert from 'node:assert/strict';
import { contextSources, countsOpenFiles, enabledSources } from '../../../src/core/context/contextSource';

function on(sources: Parameters<typeof enabledSources>[0]['context.sources'], path = ''): readonly string[] {
	const enabled = enabledSources({ 'context.sources': sources, 'model.path': path });
	return contextSources.filter(source => enabled[source]);
}

describe('sources of context', () => {
	it('are off for the model in the box, which they do not help', () => {
		assert.deepEqual(on({}), ['cells']);
	});

	it('are, for a model that somebody has chosen, the one that has been shown to help', () => {
		assert.deepEqual(on({}, '/m.gguf'), ['files', 'cells']);
	});

	it('are what the user says', () => {
		assert.deepEqual(on({ files: true, cells: false }), ['files']);
		assert.deepEqual(on({ files: false, problems: true, recent: true }, '/m.gguf'), ['recent', 'problems', 'cells']);
	});

	it('let open files be counted unless they are turned off', () => {
		assert.deepEqual(
			[{}, { files: true }, { files: false }].map(sources => countsOpenFiles({ 'context.sources': sources })),
			[true, true, false],
		);
	});
});
