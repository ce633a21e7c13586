import { escapeMarkup } from '../../core/text/escapeMarkup';

export interface ExplainPage {
	/** A nonce for this load of the page only. */
	readonly nonce: string;
	/** `webview.cspSource`. */
	readonly cspSource: string;
	readonly scriptUri: string;
	readonly styleUri: string;
}

/** Exactly what the page needs. Its own script by nonce, its own style; no remote origin and nothing inline. */
export function contentSecurityPolicy({ nonce, cspSource }: Pick<ExplainPage, 'nonce' | 'cspSource'>): string {
	return [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${cspSource}`,
		`font-src ${cspSource}`,
		`img-src ${cspSource}`,
	].join('; ');
}

/** The frame of the explain panel. It holds no data: everything arrives by `postMessage` and becomes text nodes. */
export function explainPageHtml(page: ExplainPage): string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeMarkup(contentSecurityPolicy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeMarkup(page.styleUri)}">
<title>Sotto explanation</title>
</head>
<body>
<main id="explanation" aria-labelledby="title"></main>
<script nonce="${escapeMarkup(page.nonce)}" src="${escapeMarkup(page.scriptUri)}"></script>
</body>
</html>
`;
}
