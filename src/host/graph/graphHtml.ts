import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PlanId } from '../../core/plan/plan.ts';
import { graphStrings } from '../../protocol/graphStrings.ts';

export interface GraphHtmlOptions {
	readonly webview: vscode.Webview;
	readonly extensionUri: vscode.Uri;
	/** Names this life of the page (protocol/rpc). */
	readonly session: string;
	readonly plan: PlanId;
}

/** The folders a graph page may load from, and nothing else. */
export function graphResourceRoots(extensionUri: vscode.Uri): vscode.Uri[] {
	return [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** The page: a root, one script, two style sheets. What varies is in escaped attributes, never in script or markup. */
export function graphHtml({ webview, extensionUri, session, plan }: GraphHtmlOptions): string {
	const nonce = randomBytes(18).toString('base64url');
	const resource = (name: string) =>
		webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${webview.cspSource}`,
		`font-src ${webview.cspSource}`,
	].join('; ');
	const strings = Object.fromEntries(
		Object.entries(graphStrings).map(([key, text]) => [key, vscode.l10n.t(text)]),
	);
	return `<!DOCTYPE html>
<html lang="${escapeAttribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeAttribute(resource('codicon.css'))}">
<link rel="stylesheet" href="${escapeAttribute(resource('graph.css'))}">
<title>Switchyard</title>
</head>
<body data-session="${escapeAttribute(session)}" data-plan="${escapeAttribute(JSON.stringify(plan))}" data-strings="${escapeAttribute(JSON.stringify(strings))}">
<div id="root"></div>
<script nonce="${nonce}" src="${escapeAttribute(resource('graph.js'))}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('"', '&quot;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;');
}
