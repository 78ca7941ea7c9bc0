import type { CodeAction, TextEdit } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { ReferenceList } from '../../core/plan/edits/idLists.ts';
import { listsOf, removeItems } from '../../core/plan/edits/idLists.ts';
import type { SourceRange } from '../../core/plan/plan.ts';
import type { Problem } from '../../core/plan/problem.ts';
import { fixesOf } from '../quickFixes.ts';
import { toDiagnostic } from '../toDiagnostic.ts';
import type { FeatureContext } from './feature.ts';
import { linesOfText } from './feature.ts';
import { removableCodes } from './fixReferences.ts';
import type { PlanLookup } from './planLookup.ts';

/** Codes whose first quick fix is what is meant nearly always. */
const replacedCodes: ReadonlySet<string> = new Set([
	'SY201',
	'SY204',
	'SY206',
	'SY208',
	'SY314',
	'SY326',
	'SY327',
	'SY332',
]);

/** One action for all problems of one code in a file, when there are several that have one plain repair. */
export async function fixAll(
	context: FeatureContext,
	lookup: PlanLookup,
	{ uri, code }: { readonly uri: string; readonly code: string },
): Promise<CodeAction[]> {
	const isRemoval = removableCodes.has(code) && code !== 'SY307' && code !== 'SY309';
	if (!isRemoval && !replacedCodes.has(code)) {
		return [];
	}
	const problems = lookup.problems.filter((problem) => problem.code === code && problem.range.uri === uri);
	if (problems.length < 2) {
		return [];
	}
	const edits = isRemoval ? await removals(context, lookup, problems) : problems.flatMap(firstFix);
	const how = isRemoval
		? `Remove all ${problems.length} entries with`
		: `Fix all ${problems.length} problems of`;
	return edits.length === 0
		? []
		: [
				{
					title: `${how} ${code} in this file`,
					kind: CodeActionKind.QuickFix,
					diagnostics: problems.map(toDiagnostic),
					edit: { changes: { [uri]: edits } },
				},
			];
}

function firstFix(problem: Problem): TextEdit[] {
	return fixesOf(toDiagnostic(problem))[0]?.edits ?? [];
}

async function removals(
	context: FeatureContext,
	lookup: PlanLookup,
	problems: readonly Problem[],
): Promise<TextEdit[]> {
	const uri = problems[0]?.range.uri ?? '';
	const part = lookup.part(uri);
	const text = part === undefined ? null : await context.textOf(uri);
	if (part === undefined || text === null) {
		return [];
	}
	const lines = linesOfText(text.replace(/^\uFEFF/, ''));
	const lists = listsOf(part);
	const gone = new Set<SourceRange>();
	const touched = new Map<readonly unknown[], ReferenceList>();
	for (const { range } of problems) {
		const list = lists.get(range);
		if (list !== undefined) {
			gone.add(range);
			touched.set(list.items, list);
		}
	}
	return [...touched.values()].flatMap(({ items }) => removeItems(lines, items, (range) => gone.has(range)));
}
