import type { StampedEvent } from './events.ts';

/** One answer to "why", with the lines of the journal behind it, oldest first. */
export interface Explanation {
	readonly about: 'status' | 'tier' | 'agent' | 'retry' | 'wait' | 'blocked' | 'need' | 'baseline' | 'replan';
	readonly sentence: string;
	readonly events: readonly StampedEvent[];
}

/** The lines of a journal that are about one task. */
export function eventsOf(events: readonly StampedEvent[], task: string): readonly StampedEvent[] {
	return events.filter((event) => 'task' in event && event.task === task);
}

/** The last of these lines that says how a task stands: neither that it began nor that its evidence was written. */
export function lastStanding(own: readonly StampedEvent[]): readonly StampedEvent[] {
	return own.filter(({ kind }) => kind !== 'evidence-written' && kind !== 'attempt-started').slice(-1);
}
