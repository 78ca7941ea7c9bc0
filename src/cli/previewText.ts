import { formatHours } from '../core/plan/readEstimate.ts';
import { hasNoWorker } from '../core/run/toForecastPlan.ts';
import type {
	PreviewReport,
	PreviewTask,
	ScheduledTask,
	ScheduledWait,
} from '../core/schedule/previewReport.ts';
import { commandLine } from './dryRun.ts';
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
	const { plan, strategy, agents, schedule } = report;
	const count = `${schedule.length} ${schedule.length === 1 ? 'task' : 'tasks'}`;
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
		...report.tasks.flatMap(commandLines),
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
			`${formatHours(report.makespanMinutes)}, with ${report.marginPercent} % margin ${formatHours(report.withMarginMinutes)}`,
		],
		['One after another', `${formatHours(report.sequentialMinutes)}, so ${percent(report.saving)} are saved`],
		['Not below', formatHours(report.lowerBoundMinutes)],
		['Critical path', `${formatHours(path.minutes)}: ${cut(path.tasks, ' → ')}`],
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
					points.map(({ agents, makespanMinutes }) => [String(agents), formatHours(makespanMinutes)]),
					'rl',
				),
			];
}

function commandLines({ id, name, minutes, isEstimated, work, checks }: PreviewTask): string[] {
	const who = work.kind === 'agent' ? `agent ${work.agent}: ` : '';
	return [
		`  ${id}  ${name} (${isEstimated ? 'about ' : ''}${formatHours(minutes)})`,
		`    run     ${hasNoWorker({ work }) ? 'nothing yet' : `${who}${commandLine(work.command)}`}`.trimEnd(),
		...checks.flatMap((check) => ('command' in check ? [`    verify  ${commandLine(check.command)}`] : [])),
	];
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
