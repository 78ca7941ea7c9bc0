import type { CodeAction, Diagnostic, Position, Range } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { Problem } from '../../core/plan/problem.ts';
import { canonicalUri } from '../canonicalUri.ts';
import { quickFixes } from '../quickFixes.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { fixAll } from './fixAll.ts';
import { fieldFixes } from './fixFields.ts';
import { surroundingFixes } from './fixFigures.ts';
import { missingTaskFix } from './fixMissingTask.ts';
import type { FixSite } from './fixReferences.ts';
import { cycleFixes, moveFixes, removableCodes, removalFix, sprintFixes } from './fixReferences.ts';
import type { PlanLookup } from './planLookup.ts';

/** Quick fixes: what a diagnostic's data describes, what needs the whole plan, and the same for all of a file. */
export const codeActionFeature: Feature = {
	capabilities: {
		codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor] },
	},
	register(connection, context) {
		connection.onCodeAction(async ({ textDocument, range, context: { diagnostics, only } }) => {
			const isAsked = (asked: string) => only === undefined || only.some((kind) => asked.startsWith(kind));
			return [
				...(isAsked(CodeActionKind.QuickFix) ? await actionsFor(context, textDocument.uri, diagnostics) : []),
				...(isAsked(CodeActionKind.Refactor) ? refactorings(context, textDocument.uri, range.start) : []),
			];
		});
	},
};

/** What may be done with the task whose id is under the cursor; the commands ask for the rest. */
function refactorings(context: FeatureContext, uri: string, position: Position): CodeAction[] {
	const lookup = context.lookup(canonicalUri(uri));
	const found = lookup?.ids.at(canonicalUri(uri), position);
	if (lookup === null || found?.kind !== 'task' || !found.isDefinition) {
		return [];
	}
	const { id } = found;
	const action = (title: string, command: string): CodeAction => ({
		title,
		kind: CodeActionKind.Refactor,
		command: { title, command, arguments: [id] },
	});
	const hasNeeds = (lookup.tasks.get(id)?.dependencies.length ?? 0) > 0;
	return [
		...(lookup.plan.sprints.length > 0 ? [action(`Move ${id} to a sprint…`, 'switchyard.moveToSprint')] : []),
		action(`Add a dependency to ${id}…`, 'switchyard.addDependency'),
		...(hasNeeds ? [action(`Remove a dependency of ${id}…`, 'switchyard.removeDependency')] : []),
	];
}

async function actionsFor(
	context: FeatureContext,
	uri: string,
	diagnostics: readonly Diagnostic[],
): Promise<CodeAction[]> {
	const own = diagnostics.filter(({ source }) => source === 'switchyard');
	const actions = quickFixes(uri, own);
	const lookup = own.length === 0 ? null : context.freshLookup(canonicalUri(uri));
	if (lookup === null) {
		return actions;
	}
	for (const diagnostic of own) {
		const problem = problemOf(lookup, canonicalUri(uri), diagnostic);
		if (problem !== undefined) {
			actions.push(...(await planFixes({ context, lookup, problem, diagnostic })));
		}
	}
	const codes = new Set(own.map(({ code }) => String(code)));
	for (const code of codes) {
		actions.push(...(await fixAll(context, lookup, { uri: canonicalUri(uri), code })));
	}
	return actions;
}

async function planFixes(site: FixSite): Promise<CodeAction[]> {
	const { code } = site.problem;
	if (['SY304', 'SY312', 'SY313', 'SY333'].includes(code)) {
		return await cycleFixes(site);
	}
	const own = surroundingFixes[code] ?? fieldFixes[code];
	if (own !== undefined) {
		return await own(site);
	}
	if (code === 'SY321') {
		return [...(await removalFix(site)), ...moveFixes(site)];
	}
	if (code === 'SY308') {
		return await sprintFixes(site);
	}
	return removableCodes.has(code) ? [...(await missing(site)), ...(await removalFix(site))] : [];
}

async function missing(site: FixSite): Promise<CodeAction[]> {
	return ['SY302', 'SY306', 'SY309'].includes(site.problem.code) ? await missingTaskFix(site) : [];
}

/** The problem behind a diagnostic that came back from the editor; it may be gone by now. */
function problemOf(lookup: PlanLookup, uri: string, { code, range }: Diagnostic): Problem | undefined {
	return lookup.problems.find(
		(problem) => problem.code === code && problem.range.uri === uri && isSameRange(problem.range, range),
	);
}

function isSameRange(a: Range, b: Range): boolean {
	return (
		a.start.line === b.start.line &&
		a.start.character === b.start.character &&
		a.end.line === b.end.line &&
		a.end.character === b.end.character
	);
}
