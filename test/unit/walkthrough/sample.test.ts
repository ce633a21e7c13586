import assert from 'node:assert/strict';
import { placeInSample, sampleText } from '../../../src/core/walkthrough/sample';

describe('the sample of the walkthrough', () => {
	it('has the cursor of its first step at the end of a line that has code', () => {
		const place = placeInSample(sampleText, 'suggest');
		assert.ok(place !== undefined && place.start === place.end);
		assert.match(sampleText.slice(0, place.start), /\n\treturn$/);
		assert.match(sampleText.slice(place.end), /^\n\}\n/);
	});

	it('has a whole function to explain', () => {
		const place = placeInSample(sampleText, 'explain');
		assert.match(sampleText.slice(place?.start, place?.end), /^function chunk[^]*\n\}$/);
	});

	it('finds both where the user has changed other lines, and neither where they were changed', () => {
		const longer = `const a = 1;\n${sampleText}`;
		for (const step of ['suggest', 'explain'] as const) {
			assert.equal(placeInSample(longer, step)?.start, (placeInSample(sampleText, step)?.start ?? 0) + 13);
		}
		assert.equal(placeInSample(sampleText.replace('return\n', 'return a;\n'), 'suggest'), undefined);
		assert.equal(placeInSample(sampleText.replace('chunks.push', 'chunks.unshift'), 'explain'), undefined);
	});

	it('names neither a file nor a person', () => {
		assert.doesNotMatch(sampleText, /https?:|@|\/home\//);
	});
});
