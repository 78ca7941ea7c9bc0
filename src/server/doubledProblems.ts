import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { classify } from '../core/plan/planFiles.ts';
import { baseName } from '../core/plan/uris.ts';

/** What every YAML or JSON service says about any file. */
const syntaxCodes: ReadonlySet<string> = new Set(['SY100', 'SY101', 'SY112']);

/** What one says that has our JSON Schemas. */
const schemaCodes: ReadonlySet<string> = new Set([
	'SY107',
	'SY202',
	'SY203',
	'SY204',
	'SY205',
	'SY206',
	'SY207',
	'SY208',
	'SY210',
	'SY214',
]);

/** Those that a quick fix of ours repairs: they stay as hints, which no list shows and the light bulb does. */
const fixableCodes: ReadonlySet<string> = new Set(['SY204', 'SY206', 'SY208']);

/**
 * Diagnostics without those that another service of the editor shows as well. `endings` are the endings of the file names
 * that others validate: `.json`, `.yaml`.
 */
export function withoutDoubled(
	params: PublishDiagnosticsParams,
	endings: readonly string[],
): PublishDiagnosticsParams {
	const { uri, diagnostics } = params;
	if (!endings.some((ending) => uri.endsWith(ending))) {
		return params;
	}
	const hasSchema = isDescribed(uri);
	const left = diagnostics.flatMap((diagnostic) => {
		const code = String(diagnostic.code);
		if (!syntaxCodes.has(code) && !(hasSchema && schemaCodes.has(code))) {
			return [diagnostic];
		}
		return fixableCodes.has(code) ? [{ ...diagnostic, severity: DiagnosticSeverity.Hint }] : [];
	});
	return { ...params, diagnostics: left };
}

/** True for the files that the manifest names under `yamlValidation` and `jsonValidation`. */
function isDescribed(uri: string): boolean {
	const kind = classify(uri);
	return (
		kind === 'task' ||
		kind === 'sprint' ||
		kind === 'header' ||
		(kind === 'one-file' && baseName(uri) !== 'plan.yaml')
	);
}

/** The endings in what a client sends when it starts the server; anything else means none. */
export function validatedElsewhere(options: unknown): readonly string[] {
	const endings =
		typeof options === 'object' && options !== null && 'validatedElsewhere' in options
			? options.validatedElsewhere
			: [];
	return Array.isArray(endings) ? endings.filter((ending) => typeof ending === 'string') : [];
}
