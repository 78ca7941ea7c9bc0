import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { addId } from '../../core/plan/edits/idFields.ts';
import { listsOf, removeItems } from '../../core/plan/edits/idLists.ts';
import { membersOf } from '../../core/plan/edits/moveToSprint.ts';
import { editedText } from '../../core/plan/edits/textChange.ts';
import type { SourceRange, Sprint } from '../../core/plan/plan.ts';
import type { Problem } from '../../core/plan/problem.ts';
import type { FeatureContext } from './feature.ts';
import { linesOfText } from './feature.ts';
import type { PlanLookup } from './planLookup.ts';

/** What a repair of references is made from. */
export interface FixSite {
	readonly context: FeatureContext;
	readonly lookup: PlanLookup;
	readonly problem: Problem;
	readonly diagnostic: Diagnostic;
}

/** Codes of problems whose range is an entry that may simply go. */
export const removableCodes: ReadonlySet<string> = new Set([
	'SY302',
	'SY303',
	'SY305',
	'SY306',
	'SY307',
	'SY309',
	'SY310',
	'SY311',
]);

/** Edges of a circle that are offered for removal, and sprints that are offered for a task. */
const maxChoices = 6;

/** Takes the entry at a problem out of its list. */
export async function removalFix(site: FixSite): Promise<CodeAction[]> {
	const { problem } = site;
	const removal = await removalOf(site, problem.range);
	const id = typeof problem.data?.['id'] === 'string' ? problem.data['id'] : 'it';
	return removal === null ? [] : [toAction(site, `Remove ${id} from ${removal.name}`, removal)];
}

/** Breaks a circle at each of its edges; one that leads to a later task of the plan first, as it is most likely wrong. */
export async function cycleFixes(site: FixSite): Promise<CodeAction[]> {
	const { lookup, problem } = site;
	const order = new Map([...lookup.plan.tasks, ...lookup.plan.sprints].map(({ id }, index) => [id, index]));
	const found: { action: CodeAction; isBackward: boolean }[] = [];
	for (const { range } of (problem.related ?? []).slice(0, 50)) {
		const occurrence = lookup.ids.at(range.uri, range.start);
		if (occurrence === null || occurrence.isDefinition) {
			continue;
		}
		const removal = await removalOf(site, range);
		if (removal !== null) {
			const action = toAction(
				site,
				`Break the circle: remove ${occurrence.id} from ${removal.name}`,
				removal,
			);
			const isBackward = (order.get(occurrence.id) ?? 0) > (order.get(occurrence.owner) ?? 0);
			found.push({ action, isBackward });
		}
	}
	return found
		.sort((a, b) => Number(b.isBackward) - Number(a.isBackward))
		.slice(0, maxChoices)
		.map(({ action }) => action);
}

/** Adds a task that is in no sprint to one of them, those with tasks around it first. */
export async function sprintFixes(site: FixSite): Promise<CodeAction[]> {
	const { lookup, problem, context } = site;
	const id = problem.data?.['id'];
	if (typeof id !== 'string') {
		return [];
	}
	const actions: CodeAction[] = [];
	for (const sprint of nearSprints(lookup, id)) {
		const { uri } = sprint.range;
		const text = editedText(uri, await context.textOf(uri));
		const edit = text === null ? null : addId(text, membersOf(sprint), id);
		if (edit !== null) {
			actions.push(toAction(site, `Add ${id} to ${sprint.id}`, { uri, edits: [edit] }));
		}
	}
	return actions;
}

/** Moves one of two tasks to a sprint that the command asks for. */
export function moveFixes({ problem, diagnostic }: FixSite): CodeAction[] {
	const { task, id } = problem.data ?? {};
	return [task, id].flatMap((each) => {
		if (typeof each !== 'string') {
			return [];
		}
		const title = `Move ${each} to another sprint…`;
		const command = { title, command: 'switchyard.moveToSprint', arguments: [each] };
		return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command }];
	});
}

function nearSprints(lookup: PlanLookup, id: string): Sprint[] {
	const needs = lookup.tasks.get(id)?.dependencies.map(({ value }) => value) ?? [];
	const around = [...needs, ...lookup.waitersOf(id)].map((each) => lookup.sprintOf(each)?.id);
	const score = (sprint: Sprint) => around.filter((each) => each === sprint.id).length;
	return [...lookup.plan.sprints].sort((a, b) => score(b) - score(a)).slice(0, maxChoices);
}

interface FileEdits {
	readonly uri: string;
	readonly edits: TextEdit[];
}

async function removalOf(
	{ context, lookup }: FixSite,
	range: SourceRange,
): Promise<(FileEdits & { readonly name: string }) | null> {
	const found = lookup.ids.at(range.uri, range.start);
	const part = lookup.part(range.uri);
	const list = found === null || part === undefined ? undefined : listsOf(part).get(found.range);
	const text = list === undefined ? null : await context.textOf(range.uri);
	if (found === null || list === undefined || text === null) {
		return null;
	}
	const lines = linesOfText(text.replace(/^\uFEFF/, ''));
	const edits = removeItems(lines, list.items, (each) => each === found.range);
	return edits.length === 0 ? null : { uri: range.uri, edits, name: list.name };
}

function toAction({ diagnostic }: FixSite, title: string, { uri, edits }: FileEdits): CodeAction {
	return {
		title,
		kind: CodeActionKind.QuickFix,
		diagnostics: [diagnostic],
		edit: { changes: { [uri]: edits } },
	};
}
