import type { AttemptOutcome } from './attemptFacts.ts';
import type { CheckState } from './runState.ts';

/** What is known of work that a process does, be it an attempt or one of its steps. Times are milliseconds since the epoch. */
export interface WorkRecord {
	startedAt: number | null;
	endedAt: number | null;
	pid: number | null;
	outcome: AttemptOutcome | null;
	exit: number | null;
	reason: string;
	outputHash: string;
	outputBytes: number;
	readonly checks: CheckState[];
}

/** Work that nobody has begun. */
export function unbegunWork(): WorkRecord {
	return {
		startedAt: null,
		endedAt: null,
		pid: null,
		outcome: null,
		exit: null,
		reason: '',
		outputHash: '',
		outputBytes: 0,
		checks: [],
	};
}
