import { assertNever } from '../base/assertNever.ts';
import type { Binding } from '../graph/lowerBounds.ts';
import { formatTime } from '../plan/readEstimate.ts';
import type { AssumedTime, TrackPlan } from './trackPlan.ts';

/** What a person should know of how tracks came out, as sentences. */
export function trackNotes(
	plan: TrackPlan,
	{ wasSplitAsked }: { readonly wasSplitAsked: boolean },
): string[] {
	return [
		...cycleNotes(plan),
		...numberNotes(plan),
		...(plan.split && !wasSplitAsked && plan.tracks.length > 1 ? [splitNote(plan)] : []),
		...bindingNotes(plan),
		...assumedNotes(plan),
	];
}

function cycleNotes({ cycles }: TrackPlan): string[] {
	return cycles.map(
		(tasks) =>
			`${tasks.join(' → ')} → ${tasks[0]} wait for each other in a circle: their order is left out. Remove one of these dependencies.`,
	);
}

function numberNotes({
	requestedTracks: requested,
	tracks,
	width,
	maxPossibleTracks,
	split,
}: TrackPlan): string[] {
	if (requested === null || requested <= tracks.length) {
		return [];
	}
	const most = split ? Math.min(width, tracks.length) : maxPossibleTracks;
	const why = split ? `never more than ${width} tasks can run at once` : `there are ${most} separate chains`;
	const help = split ? '' : ' --split takes chains apart.';
	return [`Requested ${requested} tracks, but the maximum is ${most}, because ${why}. Using ${most}.${help}`];
}

function splitNote({ chains }: TrackPlan): string {
	return chains.length === 1
		? 'All tasks with dependencies hang together in one chain, so tasks are placed one by one as with --split.'
		: 'No task depends on another, so tasks are placed one by one as with --split.';
}

/** P3: a plan that is longer than its lower bound says what holds it up. */
function bindingNotes({ makespanMinutes, lowerBoundMinutes, bound, split, tracks }: TrackPlan): string[] {
	if (!split || makespanMinutes <= 1.05 * lowerBoundMinutes || tracks.length < 2) {
		return [];
	}
	const percent = Math.round((makespanMinutes / lowerBoundMinutes - 1) * 100);
	const share = `The tracks take ${percent} % longer than critical path and work alone would allow`;
	if (makespanMinutes <= bound.minutes * 1.0001) {
		return [`${share}: ${bindingWords(bound.by)}. No placement is shorter.`];
	}
	const why =
		bound.minutes > lowerBoundMinutes * 1.0001
			? ` ${bindingWords(bound.by)}, so that at least ${formatTime(bound.minutes)} are needed, and`
			: '';
	return [`${share}:${why} no better placement was found.`];
}

function bindingWords(by: Binding): string {
	switch (by) {
		case 'criticalPath':
			return 'the critical path is the limit';
		case 'work':
			return 'the work is the limit';
		case 'indivisible':
			return 'single tasks are too long to share the work evenly';
		case 'width':
			return 'in places too few tasks can run at once';
		default:
			return assertNever(by);
	}
}

/** Each way in which times are known is one sentence: what tasks of a type take is said once. */
function assumedNotes({ assumed }: TrackPlan): string[] {
	const byReason = new Map<string, AssumedTime[]>();
	for (const each of assumed) {
		byReason.set(each.reason, [...(byReason.get(each.reason) ?? []), each]);
	}
	return [...byReason].map(([reason, times]) => {
		const some = times.slice(0, 5).map(({ task }) => task);
		const more = times.length > 5 ? ` and ${times.length - 5} more` : '';
		const verb = times.length === 1 ? 'has no estimate and is' : 'have no estimate and are';
		const each = times.length === 1 ? '' : ' each';
		return `${some.join(', ')}${more} ${verb} counted with ${formatTime(times[0]?.minutes ?? 0)}${each}. ${reason}`;
	});
}
