import assert from 'node:assert/strict';
import { languageOfFile, type LanguageRule } from '../../../src/core/text/languageOfFile';
import { languageOf } from '../../../src/node/languages/languageTable';

function rule(id: string, names: Partial<LanguageRule>): LanguageRule {
	return { id, extensions: [], filenames: [], filenamePatterns: [], firstLine: '', ...names };
}

describe('languageOfFile', () => {
	for (const [name, rules, path, firstLine, id] of [
		[
			'a whole name wins over a pattern',
			[rule('a', { filenames: ['Make'] }), rule('b', { filenamePatterns: ['M*'] })],
			'/x/Make',
			'',
			'a',
		],
		[
			'a pattern wins over an extension',
			[rule('a', { filenamePatterns: ['*.b'] }), rule('b', { extensions: ['.b'] })],
			'/a.b',
			'',
			'a',
		],
		[
			'the longest extension wins',
			[rule('a', { extensions: ['.b.c'] }), rule('b', { extensions: ['.c'] })],
			'a.b.c',
			'',
			'a',
		],
		[
			'the last of two equal rules wins',
			[rule('a', { extensions: ['.c'] }), rule('b', { extensions: ['.c'] })],
			'a.c',
			'',
			'b',
		],
		[
			'the longest pattern wins',
			[rule('a', { filenamePatterns: ['one.*'] }), rule('b', { filenamePatterns: ['on*'] })],
			'one.c',
			'',
			'a',
		],
		[
			'a name decides before the first line',
			[rule('a', { extensions: ['.c'] }), rule('b', { firstLine: '^#!' })],
			'a.c',
			'#!/bin/b',
			'a',
		],
		['the first line decides where no name does', [rule('b', { firstLine: '^#!.*b' })], 'tool', '#!/bin/b', 'b'],
		['a first line is held against its start', [rule('b', { firstLine: 'begin' })], 'tool', 'we begin', 'plaintext'],
		[
			'a pattern with a slash is about the path',
			[rule('a', { filenamePatterns: ['**/in/*.x'] })],
			'/r/in/a.x',
			'',
			'a',
		],
		['such a pattern may start at the root', [rule('a', { filenamePatterns: ['**/in/*.x'] })], 'in/a.x', '', 'a'],
		[
			'one star stays in its folder',
			[rule('a', { filenamePatterns: ['**/in/*.x'] })],
			'/r/in/deep/a.x',
			'',
			'plaintext',
		],
		['case does not matter', [rule('a', { filenames: ['Makefile'] })], '/r/MAKEFILE', '', 'a'],
		['a dot in a pattern is a dot', [rule('a', { filenamePatterns: ['a.*'] })], 'abc', '', 'plaintext'],
		['a part of a name is no match', [rule('a', { filenames: ['Makefile'] })], 'Makefile2', '', 'plaintext'],
	] as const) {
		it(`knows that ${name}`, () => {
			assert.equal(languageOfFile(rules, path, firstLine), id);
		});
	}
});

describe("the language of a file by VS Code's table", () => {
	for (const [path, id] of [
		['Makefile', 'makefile'],
		['GNUmakefile', 'makefile'],
		['rules.mk', 'makefile'],
		['Dockerfile', 'dockerfile'],
		['deploy/Dockerfile.test', 'dockerfile'],
		['a.yaml', 'yaml'],
		['docker-compose.yml', 'dockercompose'],
		['a.sql', 'sql'],
		['a.lua', 'lua'],
		['a.swift', 'swift'],
		['a.h', 'cpp'],
		['a.c', 'c'],
		['a.mts', 'typescript'],
		['a.TSX', 'typescriptreact'],
		['tsconfig.json', 'jsonc'],
		['tsconfig.build.json', 'jsonc'],
		['package.json', 'json'],
		['Jenkinsfile', 'groovy'],
		['Gemfile', 'ruby'],
		['SConstruct', 'python'],
		['.bashrc', 'shellscript'],
		['repo/.git/config', 'properties'],
		['COMMIT_EDITMSG', 'git-commit'],
		['App.vue', 'vue'],
		['Main.kt', 'kotlin'],
		['Cargo.toml', 'toml'],
		['CMakeLists.txt', 'cmake'],
		['C:\\work\\Makefile', 'makefile'],
		['notes.txt', 'plaintext'],
		['README.md', 'markdown'],
		['README', 'plaintext'],
		['data.unheard-of', 'plaintext'],
	] as const) {
		it(`takes ${path} for ${id}`, () => {
			assert.equal(languageOf(path), id);
		});
	}

	for (const [firstLine, id] of [
		['#!/usr/bin/env python3', 'python'],
		['#!/bin/sh -e', 'shellscript'],
		['#!/usr/bin/env node', 'javascript'],
		['<?xml version="1.0"?>', 'xml'],
		['The first line of a letter', 'plaintext'],
		['', 'plaintext'],
	] as const) {
		it(`takes a file that begins with ${JSON.stringify(firstLine)} for ${id}`, () => {
			assert.equal(languageOf('bin/tool', firstLine), id);
			assert.equal(languageOf('notes.txt', firstLine), 'plaintext');
		});
	}
});
