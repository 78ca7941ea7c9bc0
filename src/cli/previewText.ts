import { formatTime } from '../core/plan/readEstimate.ts';
import type {
	ExpectedTime,
	PreviewGate,
	PreviewGateStep,
	PreviewReport,
	PreviewTask,
	ScheduledTask,
	ScheduledWait,
} from '../core/schedule/previewReport.ts';
import { stepCommands, taskCommands } from './commandLines.ts';
import { table } from './textTable.ts';

/** Points of the curve that a terminal shows. */
const shownAgents = [1, 2, 3, 4, 5, 6, 8, 12, 16, 24, 32, 48, 64];

const causes: Readonly<Record<ScheduledWait['cause'], string>> = {
	predecessors: 'after',
	barrier: 'after the layer of',
	slot: 'for the agent of',
	lock: 'for a lock of',
	touches: 'for files of',
	track: 'for the track, after',
	turn: 'for the turn of',
};

/** The forecast of a run for a person. */
export function previewText(report: PreviewReport, { label }: { readonly label: string }): string {
	const { plan, strategy, agents, tasks, gates } = report;
	const count = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`;
	const lines = [
		`${plan}: ${label}, ${count}, strategy ${strategy}, at most ${agents} at once`,
		'',
		...table(figureRows(report), 'll'),
		'',
		'Layers',
		...layerLines(report),
		'',
		'Schedule',
		...scheduleLines(report),
		...curveLines(report),
		'',
		'Commands',
		...tasks.flatMap(commandLines),
		...(gates.length > 0 ? ['', 'Gates', ...gates.flatMap(gateLines)] : []),
		...(report.warnings.length > 0 ? [''] : []),
		...report.warnings.map(({ message }) => `warning: ${message}`),
	];
	return `${lines.join('\n')}\n`;
}

function figureRows(report: PreviewReport): string[][] {
	const { criticalPath: path, cost } = report;
	return [
		[
			'Estimate',
			`${formatTime(report.makespanMinutes)}, with ${report.marginPercent} % margin ${formatTime(report.withMarginMinutes)}`,
		],
		[
			'One after another',
			`${formatTime(report.sequentialMinutes)}${report.gateMinutes > 0 ? ` with ${formatTime(report.gateMinutes)} of gates` : ''}, so ${percent(report.saving)} are saved`,
		],
		['Not below', formatTime(report.lowerBoundMinutes)],
		['Critical path', `${formatTime(path.minutes)}: ${cut(path.tasks, ' → ')}`],
		...runPathRow(report),
		[
			'Width',
			`${report.width} at once at most, in ${report.layers.length} ${report.layers.length === 1 ? 'layer' : 'layers'}`,
		],
		[
			'Efficiency',
			`${percent(report.efficiency)} of ${report.agents} ${report.agents === 1 ? 'agent' : 'agents'}; those that are used are busy ${percent(report.utilisation)} of the time`,
		],
		[
			'Cost',
			cost === null
				? 'unknown: no finished run reported any'
				: `$${cost.lowerUsd.toFixed(2)} to $${cost.upperUsd.toFixed(2)}, from ${cost.known} of ${cost.known + cost.unknown} tasks of agents`,
		],
	];
}

/** Sprints and gates keep an order as well: what that makes longer than dependencies alone is said. */
function runPathRow({ criticalPath, runPath }: PreviewReport): string[][] {
	return runPath.minutes > criticalPath.minutes
		? [['With sprints and gates', `${formatTime(runPath.minutes)}: ${cut(runPath.tasks, ' → ')}`]]
		: [];
}

function layerLines({ layers }: PreviewReport): string[] {
	return table(
		layers.map((ids, index) => [String(index + 1), cut(ids, ', ')]),
		'rl',
	);
}

function scheduleLines({ schedule, waits }: PreviewReport): string[] {
	const waitOf = new Map(waits.map((wait) => [wait.task, wait]));
	return table(
		schedule.map((row) => [
			clock(row.start),
			clock(row.end),
			`agent ${row.agent}`,
			row.task,
			whyThen(row, waitOf),
		]),
		'rrlll',
	);
}

function whyThen({ task }: ScheduledTask, waits: ReadonlyMap<string, ScheduledWait>): string {
	const wait = waits.get(task);
	return wait === undefined ? '' : `${causes[wait.cause]} ${wait.waitsFor}`;
}

function curveLines({ curve, knee }: PreviewReport): string[] {
	const points = curve.filter(({ agents }) => shownAgents.includes(agents) || agents === curve.length);
	return points.length < 2
		? []
		: [
				'',
				`With other numbers of agents (more than ${knee} hardly help)`,
				...table(
					points.map(({ agents, makespanMinutes }) => [String(agents), formatTime(makespanMinutes)]),
					'rl',
				),
			];
}

function commandLines(task: PreviewTask): string[] {
	return [
		`  ${task.id}  ${task.name} (${timeText(task)})`,
		...taskCommands(task).map((line) => `    ${line}`),
	];
}

function gateLines({ name, judges, steps, unconfigured }: PreviewGate): string[] {
	const count = judges.length === 1 ? judges[0] : `${judges.length} tasks`;
	return [
		`  ${name}, after ${count}`,
		...steps.flatMap((step) => [
			`    ${step.name} (${step.source === 'unknown' ? 'time unknown' : timeText(step)})`,
			...stepCommands(words[step.role], step).map((line) => `      ${line}`),
		]),
		...unconfigured.map((slot) => `    ${slot}: not configured`),
	];
}

const words: Readonly<Record<PreviewGateStep['role'], string>> = {
	gate: 'judge ',
	integration: 'merge ',
	validation: 'judge ',
	fix: 'repair',
	after: 'then  ',
};

/** `2 hours`, or `about 2 hours: from 3 finished backend tasks by shell on T1`. */
function timeText({ minutes, source, reason }: ExpectedTime): string {
	const time = formatTime(minutes);
	const why = reason.replace(/\.$/, '');
	return source === 'stated' ? time : `about ${time}${why === '' ? '' : `: ${lowerFirst(why)}`}`;
}

function lowerFirst(sentence: string): string {
	return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** Hours and minutes since the start: `1:05`. */
function clock(minutes: number): string {
	const whole = Math.round(minutes);
	return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}

function cut(ids: readonly string[], separator: string): string {
	const most = 12;
	const shown = ids.slice(0, most).join(separator);
	return ids.length > most ? `${shown}${separator}… (${ids.length} tasks)` : shown;
}
