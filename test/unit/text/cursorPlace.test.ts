import assert from 'node:assert/strict';
import { cursorPlace, type CursorPlace } from '../../../src/core/text/cursorPlace';

/** The end of the text is where the cursor stands. */
const cases: readonly [name: string, language: string, text: string, place: CursorPlace][] = [
	['text', 'markdown', '# Title\n\nSo ', 'prose'],
	['a fence of backticks', 'markdown', '```ts\nconst a = ', 'code'],
	['a fence of tildes', 'markdown', '~~~ts\nconst a = ', 'code'],
	['a fence of four backticks', 'markdown', '````\nconst a = ', 'code'],
	['below a fence of four', 'markdown', '````\na\n````\nSo ', 'prose'],
	['three backticks in a fence of four', 'markdown', '````\n```\nconst a = ', 'code'],
	['backticks in a fence of tildes', 'markdown', '~~~\n```\nconst a = ', 'code'],
	['below a fence that a longer one closes', 'markdown', '```\na\n`````\nSo ', 'prose'],
	['three backticks around inline code', 'markdown', '```a + b``` adds\n\nSo ', 'prose'],
	['a fence in a quote', 'markdown', '> ```ts\n> const a = ', 'code'],
	['below a quote that held a fence', 'markdown', '> ```ts\n> a\n\nSo ', 'prose'],
	['a fence in a list', 'markdown', '1. One\n\n   ```ts\n   const a = ', 'code'],
	['a fence as a list item', 'markdown', '- ```ts\n  const a = ', 'code'],
	['below a list that held a fence', 'markdown', '- ```ts\n  a\n\nSo ', 'prose'],
	['a fence that is indented as code', 'markdown', 'A\n\n    ```\n\nSo ', 'prose'],
	['a fence in a comment of HTML', 'markdown', '<!--\n```ts\n-->\nSo ', 'prose'],
	['the line of an opening fence', 'markdown', 'So\n\n```ts', 'prose'],
	['the line of a closing fence', 'markdown', '```ts\na\n```', 'prose'],
	['a comment in a fence', 'markdown', '```python\n# So ', 'comment'],
	['a comment in a fence with a short name', 'markdown', '```{.py}\n# So ', 'comment'],
	['a hash in a fence that names no language', 'markdown', '```\n# So ', 'code'],
	['a string in a fence', 'markdown', "```ts\nimport a from './", 'string'],
	['a fence of plain text', 'markdown', '```text\nSo ', 'prose'],
	['a fence of Markdown', 'markdown', '````md\n# So ', 'prose'],
	['code in a fence of Markdown', 'markdown', '````md\n```ts\nconst a = ', 'code'],
	['a fence in a commit message', 'git-commit', 'Fix it\n\n```ts\nconst a = ', 'code'],
	['a fence in a documentation comment', 'typescript', '/**\n * Adds.\n *\n * ```ts\n * const a = ', 'code'],
	['below a fence in a documentation comment', 'typescript', '/**\n * ```ts\n * a\n * ```\n * So ', 'comment'],
	['a documentation comment below one with a fence', 'typescript', '/**\n * ```\n */\n/** So ', 'comment'],
	['a comment in a fence in a comment', 'typescript', '/**\n * ```ts\n * // So ', 'comment'],
	['a fence of tildes without stars', 'java', '/**\n  ~~~\n  int a = ', 'code'],
	['inline code of three backticks in a comment', 'typescript', '/**\n * ```a``` adds\n * So ', 'comment'],
	['a doctest of Rust', 'rust', '/// Adds.\n///\n/// ```\n/// let a = ', 'code'],
	['a doctest that is not run', 'rust', '/// ```no_run\n/// let a = 1; // So ', 'comment'],
	['inner documentation of Rust', 'rust', '//! ```\n//! let a = ', 'code'],
	['below a doctest', 'rust', '/// ```\n/// a\n/// ```\n/// So ', 'comment'],
	['a comment below code below a fence', 'rust', '/// ```\nfn a() {}\n/// So ', 'comment'],
	['a fence in a documentation string', 'python', 'def f():\n    """Adds.\n\n    ```python\n    a = ', 'code'],
	['a list in a documentation string', 'python', 'def f():\n    """Adds.\n\n    - So ', 'comment'],
	['a comment behind code', 'typescript', '// ```\na(); // So ', 'comment'],
	['a comment without a fence', 'typescript', '// so\n// So ', 'comment'],
];

describe('cursorPlace', () => {
	for (const [name, language, text, place] of cases) {
		it(`is ${place} in ${name} (${language})`, () => {
			assert.equal(cursorPlace(text, language), place);
		});
	}

	it('takes a line of markers only, and a hundred thousand fences', () => {
		assert.equal(cursorPlace('> '.repeat(100_000), 'markdown'), 'prose');
		assert.equal(cursorPlace('```\n'.repeat(100_001), 'markdown'), 'code');
	});
});
