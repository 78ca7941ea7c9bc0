import { MarkdownText } from '../../evidence/markdownText.ts';
import type { Plan, Task } from '../../plan/plan.ts';
import { formatHours } from '../../plan/readEstimate.ts';
import type { PlanningTask } from '../planningTask.ts';
import type { TaskSum, TrackPlan } from '../trackPlan.ts';
import type { SprintRow } from './planTable.ts';

/** What the documents of a plan are made from. */
export interface DocumentInput {
	readonly plan: Plan;
	readonly tasks: readonly PlanningTask[];
	readonly trackPlan: TrackPlan;
	readonly rows: readonly SprintRow[];
}

const md = new MarkdownText([]);

/** `docs/planning/TASK_SUMMARY.md`: every task with its hours, what it waits for and where it is done. */
export function taskSummary({ plan, tasks, trackPlan, rows }: DocumentInput): string {
	const sprintOf = new Map(rows.flatMap((row) => row.tasks.map((id) => [id, row] as const)));
	const lines = tasks.map((task) => {
		const row = sprintOf.get(task.id);
		const cells = [
			md.cell(task.id),
			md.inline(task.name),
			md.inline(task.type),
			`${formatHours(task.minutes)}${task.isAssumed ? ' (assumed)' : ''}`,
			task.dependencies.map((id) => md.cell(id)).join(', '),
			row === undefined ? '' : md.cell(row.id),
		];
		return `| ${cells.join(' | ')} |`;
	});
	return text([
		`# Tasks of ${md.inline(plan.header.name)}`,
		'',
		`${tasks.length} tasks, ${formatHours(trackPlan.sequentialMinutes)} one after another.`,
		'',
		'| Task | Name | Type | Estimate | Waits for | Sprint |',
		'| --- | --- | --- | --- | --- | --- |',
		...lines,
		'',
		'## Acceptance criteria',
		'',
		...plan.tasks.flatMap(criteriaOf),
	]);
}

function criteriaOf({ id, name, acceptanceCriteria }: Task): string[] {
	if (acceptanceCriteria.length === 0) {
		return [];
	}
	return [
		`### ${md.code(id)} ${md.inline(name)}`,
		'',
		...acceptanceCriteria.map((each) => `- ${md.inline(each)}`),
		'',
	];
}

/** `docs/planning/task-dependency-graph.md`: the graph as a Mermaid diagram, and what follows from it. */
export function dependencyGraph({ plan, tasks, trackPlan }: DocumentInput): string {
	const nodeOf = new Map(tasks.map(({ id }, index) => [id, `t${index + 1}`]));
	const critical = new Set(trackPlan.criticalPath.tasks);
	const label = ({ id, name }: PlanningTask) => mermaidText(name === id ? id : `${id}: ${name}`);
	return text([
		`# Dependencies of ${md.inline(plan.header.name)}`,
		'',
		'```mermaid',
		'graph LR',
		...tasks.map(
			(task) => `  ${nodeOf.get(task.id)}["${label(task)}"]${critical.has(task.id) ? ':::critical' : ''}`,
		),
		...tasks.flatMap((task) =>
			task.dependencies.map((before) => `  ${nodeOf.get(before)} --> ${nodeOf.get(task.id)}`),
		),
		'  classDef critical stroke-width:3px',
		'```',
		'',
		'## Chains',
		'',
		...trackPlan.chains.map((chain, index) => `${index + 1}. ${sumText(chain, ', ')}`),
		...(trackPlan.chains.length === 0 ? ['No task waits for another.'] : []),
		'',
		`Independent: ${trackPlan.independent.map((id) => md.code(id)).join(', ') || 'none'}`,
		'',
		`Critical path: ${sumText(trackPlan.criticalPath, ' → ')}`,
		'',
		`Never more than ${trackPlan.width} tasks can run at once.`,
	]);
}

/** `docs/sprints/SPRINT_OVERVIEW.md`: tracks and sprints with their hours, and the time that they take side by side. */
export function sprintOverview({ plan, trackPlan, rows }: DocumentInput): string {
	const { tracks, makespanMinutes, sequentialMinutes, saving } = trackPlan;
	return text([
		`# Sprints of ${md.inline(plan.header.name)}`,
		'',
		`${tracks.length} ${tracks.length === 1 ? 'track' : 'tracks'} of at most ${Math.max(trackPlan.maxPossibleTracks, tracks.length)}.`,
		`${formatHours(makespanMinutes)} side by side, ${formatHours(sequentialMinutes)} one after another: ${Math.round(saving * 100)} % saved.`,
		'',
		...tracks.flatMap((track) => [
			`## Track ${track.number}: ${md.inline(track.name)}`,
			'',
			`${formatHours(track.minutes)} in ${track.sprints.length} ${track.sprints.length === 1 ? 'sprint' : 'sprints'}.`,
			'',
			'| Sprint | Name | Tasks | Estimate | After |',
			'| --- | --- | --- | --- | --- |',
			...rows.filter((row) => row.track === track.number).map(overviewRow),
			'',
		]),
		...trackPlan.notes.map((note) => `- ${md.inline(note)}`),
	]);
}

function overviewRow({ id, name, tasks, minutes, dependencies }: SprintRow): string {
	const list = (ids: readonly string[]) => ids.map((each) => md.cell(each)).join(', ');
	return `| ${md.cell(id)} | ${md.inline(name)} | ${list(tasks)} | ${formatHours(minutes)} | ${list(dependencies)} |`;
}

function sumText({ tasks, minutes }: TaskSum, between: string): string {
	return `${tasks.map((id) => md.code(id)).join(between)} (${formatHours(minutes)})`;
}

/** Mermaid takes entities for what would end a label or be read as markup. */
function mermaidText(words: string): string {
	const line = words.replace(/\s+/g, ' ').trim();
	return line.replace(/[#&"<>`\\[\]{}|;]/g, (char) => `#${char.charCodeAt(0)};`);
}

function text(lines: readonly string[]): string {
	return `${lines.join('\n').trimEnd()}\n`;
}
