import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PlanId } from '../../core/plan/plan.ts';

export interface PanelHtmlOptions {
	readonly webview: vscode.Webview;
	readonly extensionUri: vscode.Uri;
	/** The page's bundle: `name.js` and `name.css` of `dist/webview`. */
	readonly name: 'graph' | 'preview' | 'timeline';
	/** Names this life of the page (protocol/rpc). */
	readonly session: string;
	readonly plan: PlanId;
	/** Every text of the page, in English. */
	readonly strings: Readonly<Record<string, string>>;
	/** A bundle of `dist/webview` that the page runs in a thread of its own. */
	readonly worker?: string;
}

/** The folders a page may load from, and nothing else. */
export function panelResourceRoots(extensionUri: vscode.Uri): vscode.Uri[] {
	return [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** The page: a root, one script, two style sheets. What varies is in escaped attributes, never in script or markup. */
export function panelHtml(options: PanelHtmlOptions): string {
	const { webview, extensionUri, name, session, plan, worker } = options;
	const nonce = randomBytes(18).toString('base64url');
	const resource = (file: string) =>
		webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', file)).toString();
	const strings = Object.fromEntries(
		Object.entries(options.strings).map(([key, text]) => [key, vscode.l10n.t(text)]),
	);
	const data = {
		session,
		plan: JSON.stringify(plan),
		strings: JSON.stringify(strings),
		...(worker !== undefined && { worker: resource(worker) }),
	};
	const attributes = Object.entries(data).map(([key, value]) => `data-${key}="${escapeAttribute(value)}"`);
	return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policyOf(options, nonce))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeAttribute(resource('codicon.css'))}">
<link rel="stylesheet" href="${escapeAttribute(resource(`${name}.css`))}">
<title>Switchyard</title>
</head>
<body ${attributes.join(' ')}>
<div id="root"></div>
<script nonce="${nonce}" src="${escapeAttribute(resource(`${name}.js`))}"></script>
</body>
</html>`;
}

/** A thread of a webview can only be started from a blob, whose text the page fetches from the extension's own files. */
function policyOf({ webview, worker }: PanelHtmlOptions, nonce: string): string {
	return [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${webview.cspSource}`,
		`font-src ${webview.cspSource}`,
		...(worker === undefined ? [] : [`connect-src ${webview.cspSource}`, 'worker-src blob:']),
	].join('; ');
}

function escapeAttribute(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('"', '&quot;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}
