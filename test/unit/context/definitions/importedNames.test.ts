import assert from 'node:assert/strict';
import { importedNames } from '../../../../src/core/context/definitions/importedNames';

/** `local<exported@module`; the local name alone where it is the exported one. */
function rendered(text: string, languageId: string): readonly string[] {
	return importedNames(text, languageId).map(({ local, exported, module }) =>
		local === exported ? `${local}@${module}` : `${local}<${exported}@${module}`,
	);
}

const cases: readonly [languageId: string, text: string, names: readonly string[]][] = [
	['typescript', "import { a, b as c } from './m';", ['a@./m', 'c<b@./m']],
	['typescript', "import type { A, type B } from '../m';", ['A@../m', 'B@../m']],
	['typescript', "import {\n\ta,\n\tb,\n} from 'pkg/m.js';", ['a@pkg/m.js', 'b@pkg/m.js']],
	['typescript', "import d, { a } from './m';", ['a@./m', 'd<default@./m']],
	['typescript', "import * as all from './m';", ['all<*@./m']],
	['typescript', "import './effect';\nconst from = 1;", []],
	['javascript', "const { a, b: c } = require('./m');", ['a@./m', 'c<b@./m']],
	['javascript', "const d = require('./m')", ['d<default@./m']],
	['python', 'from .queue import push, flush as f', ['push@.queue', 'f<flush@.queue']],
	['python', 'from a.b import (\n    c,  # why\n    d,\n)', ['c@a.b', 'd@a.b']],
	['python', 'import os\nimport numpy as np', ['os<*@os', 'np<*@numpy']],
	['python', 'def a():\n    from x import y', ['y@x']],
	['rust', 'use crate::a::B;', []],
	['typescript', `${'x'.repeat(9000)}\nimport { a } from './m';`, []],
];

describe('imported names', () => {
	for (const [languageId, text, names] of cases) {
		it(`of ${languageId}: ${text.slice(0, 60).replaceAll('\n', '⏎')}`, () => {
			assert.deepEqual(rendered(text, languageId), names);
		});
	}

	it('of white space without end are found in no more than a moment', () => {
		// Took minutes while the clause could begin with white space, too.
		for (const space of [' '.repeat(7000), '\n\t'.repeat(3500)]) {
			assert.deepEqual(importedNames(`import${space}x${space}`, 'typescript'), []);
			assert.deepEqual(importedNames(`from${space}x import${space}`, 'python'), []);
		}
	});
});
