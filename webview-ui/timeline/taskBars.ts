import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { Bar, BarKind } from '../gantt/ganttData.ts';

/** What the bars of one task are made of. */
export interface TaskBarsInput {
	readonly run: TimelineTask | undefined;
	/** Its place in the plan's list. */
	readonly place: number;
	/** Its place in the forecast; -1 where that does not have it. */
	readonly at: number;
	/** The beginning of the run, in milliseconds since the epoch; null before there is one. */
	readonly startedAt: number | null;
	readonly now: number;
	readonly forecast: Forecast | null;
	/** The forecast as a line below what happened; without a run it is what is drawn. */
	readonly showsPlan: boolean;
}

/** The bars of one task in order of their start, in minutes since the run began. */
export function taskBars(input: TaskBarsInput): Bar[] {
	const bars = [...forecastBars(input), ...actualBars(input)];
	return bars.length < 2 ? bars : bars.sort((a, b) => a.start - b.start || a.end - b.end);
}

function forecastBars({ forecast, startedAt, showsPlan, place, at }: TaskBarsInput): Bar[] {
	if (forecast === null || at === -1 || (startedAt !== null && !showsPlan)) {
		return [];
	}
	const critical = forecast.critical[at] === 1;
	const kind: BarKind = startedAt !== null ? 'plan' : critical ? 'critical' : 'planned';
	return [{ start: forecast.starts[at] ?? 0, end: forecast.ends[at] ?? 0, kind, item: place }];
}

function actualBars({ run, startedAt, now, place }: TaskBarsInput): Bar[] {
	if (run === undefined || startedAt === null) {
		return [];
	}
	const minutes = (at: number) => Math.max(0, (at - startedAt) / 60_000);
	const last = run.attempts.length - 1;
	return run.attempts.flatMap((attempt, index) => {
		if (attempt.startedAt === null) {
			return [];
		}
		const kind = attemptKind(run, attempt.outcome, index === last);
		const spans: [from: number, to: number, kind: BarKind][] = [
			[attempt.startedAt, attempt.endedAt ?? now, kind],
			...attempt.checks.map((check): [number, number, BarKind] => [
				check.startedAt,
				check.endedAt,
				check.passed ? 'checkPassed' : 'checkFailed',
			]),
		];
		if (index === last && run.status === 'checking' && attempt.endedAt !== null) {
			spans.push([attempt.checks.at(-1)?.endedAt ?? attempt.endedAt, now, 'checking']);
		}
		return spans.map(([from, to, of]) => ({ start: minutes(from), end: minutes(to), kind: of, item: place }));
	});
}

/** What an attempt's bar says: the last one what became of the task, earlier ones how they ended. */
function attemptKind(
	run: TimelineTask,
	outcome: TimelineTask['attempts'][number]['outcome'],
	isLast: boolean,
): BarKind {
	if (outcome === null) {
		return 'running';
	}
	if (outcome === 'cancelled' || outcome === 'void') {
		return 'cancelled';
	}
	if (outcome !== 'ok' || (isLast && run.status === 'failed')) {
		return 'failed';
	}
	return isLast && run.status === 'completed' && !run.verified ? 'unverified' : 'completed';
}
