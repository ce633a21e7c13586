import assert from 'node:assert/strict';
import { visibleControls } from '../../../src/core/explain/visibleControls';

describe('visibleControls', () => {
	for (const [text, shown] of [
		['if (admin\u202e) {', 'if (admin⟨U+202E⟩) {'],
		['\u2066a\u2069', '⟨U+2066⟩a⟨U+2069⟩'],
		['\u061c', '⟨U+061C⟩'],
		['👩‍👩‍👧 é مرحبا', '👩‍👩‍👧 é مرحبا'],
		['', ''],
	] as const) {
		it(`shows ${JSON.stringify(text)} as ${shown}`, () => {
			assert.equal(visibleControls(text), shown);
		});
	}
});
