import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import type { GraphStatus, GraphTask } from '../../src/protocol/graphView.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import type { Tally } from './tally.ts';
import type { Look } from './taskLook.ts';
import { isTrouble } from './taskLook.ts';

/** The state of a task in a few words: what it is, and how often or how long. */
export function statusWords(strings: GraphStrings, look: Look, status: GraphStatus | undefined): string {
	const words = [strings[look]];
	if (status !== undefined && status.iteration > 1) {
		words.push(fillIn(strings.attempt, status.iteration));
	}
	if (status !== undefined && status.startedAt !== null && status.endedAt !== null) {
		words.push(formatElapsed(status.endedAt - status.startedAt));
	}
	return words.join(' · ');
}

/** One line under a card's name: the state, and for trouble its reason. */
export function statusLine(strings: GraphStrings, look: Look, status: GraphStatus | undefined): string {
	const reason = status?.reason ?? '';
	return reason !== '' && (isTrouble(look) || look === 'blocked' || look === 'stale')
		? `${strings[look]} · ${reason}`
		: statusWords(strings, look, status);
}

/** A time that passed: `8 s`, `3 min 05 s`, `45 min`, `1 h 02 min`. */
export function formatElapsed(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const two = (value: number) => String(value).padStart(2, '0');
	if (seconds < 60) {
		return `${seconds} s`;
	}
	const minutes = Math.floor(seconds / 60);
	if (minutes >= 10 && minutes < 60) {
		return `${minutes} min`;
	}
	return minutes < 60
		? `${minutes} min ${two(seconds % 60)} s`
		: `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

export function countTasks(strings: GraphStrings, count: number): string {
	return count === 1 ? strings.oneTask : fillIn(strings.tasks, count);
}

/** `7 tasks · 52 h · 3 of 7 done`. */
export function tallyWords(strings: GraphStrings, tally: Tally): string {
	const words = [countTasks(strings, tally.total)];
	if (tally.minutes > 0) {
		words.push(formatMinutes(tally.minutes, strings));
	}
	return [...words, ...progressWords(strings, tally)].join(' · ');
}

/** `3 of 7 done`, and what runs or needs attention, where there is any: a bar of colours alone would not say it. */
export function progressWords(strings: GraphStrings, tally: Tally): string[] {
	return [
		fillIn(strings.doneOf, tally.done, tally.total),
		...(tally.active > 0 ? [fillIn(strings.atWork, tally.active)] : []),
		...(tally.trouble > 0 ? [fillIn(strings.inTrouble, tally.trouble)] : []),
	];
}

export interface TaskFacts {
	readonly task: GraphTask;
	readonly look: Look;
	readonly status: GraphStatus | undefined;
	readonly dependents: readonly string[];
}

/** Everything a card shows by place and colour, as one sentence for a screen reader. */
export function taskSentence(strings: GraphStrings, { task, look, status, dependents }: TaskFacts): string {
	const reason = status?.reason ?? '';
	return [
		`${task.id} ${task.name}`,
		statusWords(strings, look, status),
		...(reason === '' ? [] : [reason]),
		`${strings.waitsFor}: ${task.dependencies.join(', ') || strings.nothing}`,
		`${strings.unblocks}: ${dependents.join(', ') || strings.nothing}`,
	].join('. ');
}
