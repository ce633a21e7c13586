import assert from 'node:assert/strict';
import { contentSecurityPolicy, explainPageHtml } from '../../../src/extension/explain/explainPageHtml';

const page = {
	nonce: 'bm9uY2U',
	cspSource: 'https://*.vscode-cdn.net',
	scriptUri: 'https://file.vscode-cdn.net/dist/webview/explain.js',
	styleUri: 'https://file.vscode-cdn.net/dist/webview/explain.css',
};

describe('the content security policy of the explain panel', () => {
	it('is exactly this', () => {
		assert.equal(
			contentSecurityPolicy(page),
			"default-src 'none'; script-src 'nonce-bm9uY2U'; style-src https://*.vscode-cdn.net; " +
				'font-src https://*.vscode-cdn.net; img-src https://*.vscode-cdn.net',
		);
	});

	it('allows nothing unsafe, and no scheme as a whole', () => {
		const sources = contentSecurityPolicy(page).split(/[ ;]+/);
		assert.deepEqual(
			sources.filter(source => source.includes('unsafe') || /^(?:https?|data|blob|\*):?$/.test(source)),
			[],
		);
	});
});

describe('the page of the explain panel', () => {
	const html = explainPageHtml(page);

	it('carries its policy before anything that loads', () => {
		const policy = html.indexOf('Content-Security-Policy');
		assert.ok(policy > 0 && policy < html.indexOf('<link') && policy < html.indexOf('<script'));
		assert.ok(html.includes(`content="${contentSecurityPolicy(page)}"`));
	});

	it('loads one script, by nonce, and one style sheet', () => {
		assert.deepEqual(html.match(/<script[^>]*>/g), [`<script nonce="${page.nonce}" src="${page.scriptUri}">`]);
		assert.deepEqual(html.match(/<link[^>]*>/g), [`<link rel="stylesheet" href="${page.styleUri}">`]);
	});

	it('has nothing inline', () => {
		assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/);
		assert.match(html, /<script[^>]*><\/script>/);
	});

	it('has a language, a title and a main landmark', () => {
		assert.match(html, /<html lang="en">/);
		assert.match(html, /<title>[^<]+<\/title>/);
		assert.match(html, /<main id="explanation"/);
	});

	it('lets no value out of its attribute', () => {
		const hostile = explainPageHtml({ ...page, scriptUri: '"></script><script>alert(1)</script>' });
		assert.equal(hostile.match(/<script/g)?.length, 1);
	});
});
