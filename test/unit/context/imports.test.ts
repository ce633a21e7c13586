import assert from 'node:assert/strict';
import { importedPaths, isImported } from '../../../src/core/context/imports';

const cases: readonly [code: string, path: string, imported: boolean][] = [
	["import { a } from './shapes';", 'src/shapes.ts', true],
	["import { a } from './shapes.js';", 'src/shapes.ts', true],
	["import { a } from '../core/shapes';", 'src/core/shapes.tsx', true],
	["import { a } from '../core/shapes';", 'src/other/shapes.ts', false],
	["import './polyfill';", 'polyfill.js', true],
	["import a from '@/lib/store';", 'src/lib/store.vue', true],
	["import a from './lib';", 'src/lib/index.ts', true],
	["const a = require('./shapes');", 'src/shapes.cjs', true],
	["const a = await import('./shapes');", 'src/shapes.mts', true],
	["export * from './shapes';", 'src/shapes.ts', true],
	["import { a } from './shapes';", 'src/myshapes.ts', false],
	["import { a } from './Shapes';", 'SRC\\SHAPES.TS', true],
	['from geometry.shapes import Circle', 'geometry/shapes.py', true],
	['from .shapes import Circle', 'geometry/shapes.py', true],
	['import geometry.shapes', 'lib/geometry/shapes.py', true],
	['from geometry import shapes', 'geometry/__init__.py', true],
	['#include "shapes.h"', 'include/shapes.h', true],
	['#include "shapes.h"', 'src/shapes.cpp', true],
	['use crate::geometry::shapes;', 'src/geometry/shapes.rs', true],
	['use crate::geometry;', 'src/geometry/mod.rs', true],
	['import com.example.Shape;', 'src/com/example/Shape.java', true],
	['const text = "./shapes";', 'src/shapes.ts', false],
	['', 'src/shapes.ts', false],
	["import a from '.';", 'src/shapes.ts', false],
];

describe('imports', () => {
	for (const [code, path, imported] of cases) {
		it(`of ${JSON.stringify(code)} ${imported ? 'mean' : 'do not mean'} ${path}`, () => {
			assert.equal(isImported(path, importedPaths(code)), imported);
		});
	}

	it('are looked for at the top only', () => {
		assert.deepEqual(importedPaths(`${'\n'.repeat(9000)}import './a';`), []);
	});
});
