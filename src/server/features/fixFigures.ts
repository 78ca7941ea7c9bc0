import type { CodeAction } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { changeDependency } from '../../core/plan/edits/changeDependency.ts';
import { idTextIn, writeLike } from '../../core/plan/edits/idText.ts';
import { nextId } from '../../core/plan/edits/nextId.ts';
import type { FileChange } from '../../core/plan/edits/textChange.ts';
import { editedText } from '../../core/plan/edits/textChange.ts';
import type { Position, SourceRange } from '../../core/plan/plan.ts';
import { joinUri } from '../../core/plan/uris.ts';
import type { FixSite } from './fixReferences.ts';
import { editedPlan, toWorkspaceEdit } from './workspaceEdit.ts';

/** Repairs of figures and of what stands around the plan, by the code of the problem. */
export const surroundingFixes: Readonly<Record<string, (site: FixSite) => Promise<CodeAction[]>>> = {
	SY300: freeId,
	SY301: freeId,
	SY319: writeFigure,
	SY322: nextNumber,
	SY323: orderTasks,
	SY324: createPrompt,
};

/** Gives one of two tasks or sprints with the same id one that is free. Who names the id still means the first. */
async function freeId(site: FixSite): Promise<CodeAction[]> {
	const { context, lookup, problem } = site;
	const { uri, start } = problem.range;
	const items = problem.code === 'SY300' ? lookup.plan.tasks : lookup.plan.sprints;
	const first = items.find(({ id }) => id === problem.data?.['id']);
	const line = editedText(uri, await context.textOf(uri))?.lines.line(start.line) ?? '';
	const found = first === undefined ? null : idTextIn(line, problem.range, first.id);
	if (first === undefined || found === null || isSameRange(first.idRange, problem.range)) {
		return [];
	}
	const id = nextId(items, first.id);
	const place = (character: number): Position => ({ line: start.line, character });
	const range = { start: place(found.start), end: place(found.end) };
	const edits = [{ range, newText: writeLike(found.quote, id, found.isInFlow) }];
	return toActions(site, `Give this one the free id ${id}`, [{ kind: 'edit', uri, edits }]);
}

/** Writes the sum that the tasks give, or their longest chain, in the unit of the figure that stands there. */
async function writeFigure(site: FixSite): Promise<CodeAction[]> {
	const { problem, context } = site;
	const { uri, start, end } = problem.range;
	const { stated, sum, chain } = problem.data ?? {};
	const line = editedText(uri, await context.textOf(uri))?.lines.line(start.line) ?? '';
	const written = Number(line.slice(start.character, end.character));
	if (start.line !== end.line || typeof stated !== 'string' || !(written > 0)) {
		return [];
	}
	const unit = Number(stated) / written;
	const figures = [
		{ minutes: sum, what: 'the sum of the tasks' },
		{ minutes: chain === sum ? undefined : chain, what: 'their longest chain' },
	];
	return figures.flatMap(({ minutes, what }) => {
		const figure =
			typeof minutes === 'string' ? String(Math.round((100 * Number(minutes)) / unit) / 100) : null;
		const edits = [{ range: { start, end }, newText: figure ?? '' }];
		return figure === null ? [] : toActions(site, `Write ${figure}, ${what}`, [{ kind: 'edit', uri, edits }]);
	});
}

/** Gives the later of two sprints the number behind the last one of its track. */
async function nextNumber(site: FixSite): Promise<CodeAction[]> {
	const { context, lookup, problem } = site;
	const sprint = lookup.plan.sprints.find(({ idRange }) => isSameRange(idRange, problem.range));
	const { uri } = problem.range;
	const lines = editedText(uri, await context.textOf(uri))?.lines;
	if (sprint === undefined || lines === undefined) {
		return [];
	}
	const others = lookup.plan.sprints.filter(({ track }) => track === sprint.track);
	const next = Math.max(...others.map(({ number = 0 }) => number)) + 1;
	for (let line = sprint.range.start.line; line <= sprint.range.end.line; line++) {
		const from = line === sprint.range.start.line ? sprint.range.start.character : 0;
		const match = /(?:sprint_number|sprintNumber|number)["']?\s*:\s*["']?(\d+)/.exec(
			lines.line(line).slice(from),
		);
		if (match !== null) {
			const end = from + match.index + match[0].length;
			const range = {
				start: { line, character: end - (match[1] ?? '').length },
				end: { line, character: end },
			};
			const edits = [{ range, newText: String(next) }];
			return toActions(site, `Number it ${next}`, [{ kind: 'edit', uri, edits }]);
		}
	}
	return [];
}

/** Lets one of two tasks that change the same files wait for the other. */
async function orderTasks(site: FixSite): Promise<CodeAction[]> {
	const { context, lookup, problem } = site;
	const [one, two] = problem.data?.['tasks'] ?? [];
	const actions: CodeAction[] = [];
	for (const [task, needs] of [
		[two, one],
		[one, two],
	]) {
		if (task !== undefined && needs !== undefined) {
			const wish = { task, needs, isNeeded: true };
			const changes = await changeDependency(editedPlan(context, lookup), wish);
			actions.push(...('fault' in changes ? [] : toActions(site, `Let ${task} wait for ${needs}`, changes)));
		}
	}
	return actions;
}

/** Makes the file that a prompt names, with the name of its task. */
async function createPrompt(site: FixSite): Promise<CodeAction[]> {
	const { lookup, problem } = site;
	const { id, path } = problem.data ?? {};
	if (typeof id !== 'string' || typeof path !== 'string') {
		return [];
	}
	const uri = joinUri(lookup.plan.id.rootUri, path);
	const text = `# ${lookup.tasks.get(id)?.name ?? id}\n`;
	return toActions(site, `Create ${path}`, [{ kind: 'create', uri, text }]);
}

function toActions(
	{ context, diagnostic }: FixSite,
	title: string,
	changes: readonly FileChange[],
): CodeAction[] {
	const edit = changes.length === 0 ? null : toWorkspaceEdit(context.client, changes);
	return edit === null ? [] : [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit }];
}

function isSameRange(a: SourceRange, b: SourceRange): boolean {
	return a.uri === b.uri && a.start.line === b.start.line && a.start.character === b.start.character;
}
