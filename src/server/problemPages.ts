import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';

/** What a client says of the pages that explain codes; null where it has none. */
export function problemPagesOf(options: unknown): string | null {
	const scheme =
		typeof options === 'object' && options !== null && 'problemPages' in options
			? options.problemPages
			: null;
	return typeof scheme === 'string' ? scheme : null;
}

/** Diagnostics whose codes lead to their documentation. */
export function withPages(params: PublishDiagnosticsParams, scheme: string | null): PublishDiagnosticsParams {
	if (scheme === null) {
		return params;
	}
	const diagnostics = params.diagnostics.map((diagnostic) => ({
		...diagnostic,
		codeDescription: { href: `${scheme}:/${diagnostic.code}.md` },
	}));
	return { ...params, diagnostics };
}
