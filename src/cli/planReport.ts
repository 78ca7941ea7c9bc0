import { formatHours } from '../core/plan/readEstimate.ts';
import type { PlannedTrack, TaskSum, TrackPlan } from '../core/schedule/trackPlan.ts';
import { table } from './textTable.ts';

/** `plan --json`: all times in minutes. */
export function planObject(name: string, plan: TrackPlan) {
	const { tracks, ...figures } = plan;
	return {
		plan: name,
		...figures,
		tracks: tracks.map(({ number, name: track, minutes, sprints }) => ({
			number,
			name: track,
			minutes,
			sprints: sprints.map(({ id, name: sprint, tasks, minutes: own }) => ({
				id,
				name: sprint,
				tasks,
				minutes: own,
			})),
		})),
	};
}

/** Tasks of a list that are shown before it is cut. */
const shown = 12;

/** Chains, tracks and sprints with the figures that led to them, for a person. */
export function planText(name: string, plan: TrackPlan): string {
	const count = plan.tracks.reduce(
		(sum, { sprints }) => sum + sprints.reduce((own, { tasks }) => own + tasks.length, 0),
		0,
	);
	const lines = [
		`${name}: ${count} ${count === 1 ? 'task' : 'tasks'}, ${formatHours(plan.sequentialMinutes)}`,
		'',
		...chainLines(plan),
		'',
		`Tracks: ${plan.tracks.length} of at most ${Math.max(plan.maxPossibleTracks, plan.tracks.length)}${plan.split ? ', chains taken apart' : ''}; never more than ${plan.width} ${plan.width === 1 ? 'task' : 'tasks'} at once`,
		...table(plan.tracks.flatMap(trackRows), 'llrrl'),
		'',
		timeLine(plan),
		...bottleneckLines(plan),
		...plan.notes.map((note) => `note: ${note}`),
	];
	return `${lines.join('\n')}\n`;
}

function chainLines({ chains, independent, criticalPath }: TrackPlan): string[] {
	const row = (what: string, { tasks, minutes }: TaskSum, arrow: string) => [
		what,
		formatHours(minutes),
		`${tasks.slice(0, shown).join(arrow)}${tasks.length > shown ? `${arrow}… (${tasks.length} tasks)` : ''}`,
	];
	// Of many chains the longest say enough.
	const rows = chains.slice(0, 10).map((chain, index) => row(`Chain ${index + 1}`, chain, ', '));
	if (chains.length > 10) {
		rows.push([`${chains.length - 10} more`, '', '']);
	}
	if (independent.length > 0) {
		const list = `${independent.slice(0, shown).join(', ')}${independent.length > shown ? ', …' : ''}`;
		rows.push(['Independent', `${independent.length} ${independent.length === 1 ? 'task' : 'tasks'}`, list]);
	}
	rows.push(row('Critical path', criticalPath, ' → '));
	return table(rows, 'lrl');
}

function trackRows({ number, name, minutes, sprints }: PlannedTrack): string[][] {
	const size = sprints.reduce((sum, { tasks }) => sum + tasks.length, 0);
	return [
		[`Track ${number}`, name, `${size} ${size === 1 ? 'task' : 'tasks'}`, formatHours(minutes), ''],
		...sprints.map(({ id, name: sprint, tasks, minutes: own }) => [
			`  ${id}`,
			sprint,
			`${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`,
			formatHours(own),
			`${tasks.slice(0, shown).join(', ')}${tasks.length > shown ? ', …' : ''}`,
		]),
	];
}

function timeLine({ makespanMinutes, sequentialMinutes, saving, lowerBoundMinutes }: TrackPlan): string {
	return `Time: ${formatHours(makespanMinutes)} with all tracks side by side, ${formatHours(sequentialMinutes)} one after another (${Math.round(saving * 100)} % saved); not below ${formatHours(lowerBoundMinutes)} with so many tracks`;
}

function bottleneckLines({ bottlenecks }: TrackPlan): string[] {
	const some = bottlenecks.slice(0, 3).filter(({ waiting }) => waiting > 1);
	return some.length === 0
		? []
		: [`Most wait for: ${some.map(({ task, waiting }) => `${task} (${waiting} tasks)`).join(', ')}`];
}
