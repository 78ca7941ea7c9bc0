import type { RunTask } from '../../src/core/run/runPlan.ts';
import type { PreviewStrings } from '../../src/protocol/previewStrings.ts';
import { waitCauses } from '../forecast/forecast.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import type { View } from './view.ts';

/** `0 min to 6 h · Agent 1`, or that it is not scheduled. */
export function whenOf({ forecast, order }: View, strings: PreviewStrings, place: number): string {
	const index = order[place] ?? -1;
	if (index === -1) {
		return strings.notScheduled;
	}
	const time = (minutes: number | undefined) => formatMinutes(minutes ?? 0, strings);
	const span = fillIn(strings.fromTo, time(forecast.starts[index]), time(forecast.ends[index]));
	return `${span} · ${fillIn(strings.agent, (forecast.slots[index] ?? 0) + 1)}`;
}

/** What a task waited for last, in words; empty where it began at once. */
export function waitOf({ forecast, order, tasks }: View, strings: PreviewStrings, place: number): string {
	const index = order[place] ?? -1;
	const cause = waitCauses[forecast.waitCause[index] ?? -1];
	const before = tasks[forecast.waitsFor[index] ?? -1]?.id;
	return cause === undefined || before === undefined ? '' : fillIn(strings[waitWords[cause]], before);
}

const waitWords = {
	predecessors: 'waitPredecessors',
	barrier: 'waitBarrier',
	slot: 'waitSlot',
	lock: 'waitLock',
	touches: 'waitTouches',
	track: 'waitTrack',
	turn: 'waitTurn',
} as const satisfies Record<(typeof waitCauses)[number], keyof PreviewStrings>;

/** Its duration, with a word where nobody stated it. */
export function durationOf({ forecast, order, tasks }: View, strings: PreviewStrings, place: number): string {
	const index = order[place] ?? -1;
	const minutes = index === -1 ? (tasks[place]?.estimateMinutes ?? 0) : lengthOf(forecast, index);
	const time = formatMinutes(minutes, strings);
	return tasks[place]?.estimateMinutes === null ? fillIn(strings.noEstimate, time) : time;
}

/** What its duration rests on where the plan states none, in a sentence; empty otherwise. */
export function sourceOf({ forecast, order }: View, place: number): string {
	return forecast.estimateReasons[forecast.estimateReason[order[place] ?? -1] ?? -1] ?? '';
}

function lengthOf({ starts, ends }: View['forecast'], index: number): number {
	return (ends[index] ?? 0) - (starts[index] ?? 0);
}

export function isCritical({ forecast, order }: View, place: number): boolean {
	return forecast.critical[order[place] ?? -1] === 1;
}

/** Everything about a task in one sentence, for the pointer and for those who do not see the chart. */
export function sentenceOfTask(view: View, strings: PreviewStrings, place: number): string {
	const task = view.tasks[place];
	if (task === undefined) {
		return '';
	}
	const parts = [
		titleOf(task),
		durationOf(view, strings, place),
		whenOf(view, strings, place),
		waitOf(view, strings, place),
		isCritical(view, place) ? strings.critical : '',
	];
	return parts.filter((part) => part !== '').join(' · ');
}

export function titleOf({ id, name }: Pick<RunTask, 'id' | 'name'>): string {
	return name === id || name === '' ? id : `${id} ${name}`;
}
