import { attemptEnded, attemptStarted, evidenceWritten, taskImported } from './attemptEvents.ts';
import { baselineTaken, checkEnded } from './checkEvents.ts';
import { taskAdopted, taskClaimed } from './claimEvents.ts';
import type { StampedEvent } from './events.ts';
import {
	discoveryNoted,
	replanApplied,
	replanClaimed,
	replanLeft,
	replanRejected,
	replanReleased,
} from './replanEvents.ts';
import {
	budgetSet,
	drainRequested,
	engineAway,
	engineStarted,
	engineStopped,
	stopRequested,
	taskAnswered,
} from './requestEvents.ts';
import type { RunTable } from './runTable.ts';

/** Lines that the fold itself sees to: they make the tables anew, or say which plan is in force. */
type PlanEventKind =
	| 'plan-changed'
	| 'plan-held'
	| 'scope-added'
	| 'task-renamed'
	| 'rename-refused'
	| 'cycle-opened'
	| 'languages-found'
	| 'run-created';

/** Takes a line that changes the tables in place. Returns null, or why the line is void. */
export function tableEvent(
	table: RunTable,
	event: Exclude<StampedEvent, { kind: PlanEventKind }>,
): string | null {
	switch (event.kind) {
		case 'engine-started':
			return engineStarted(table, event);
		case 'engine-stopped':
			return engineStopped(table, event);
		case 'engine-away':
			return engineAway(table, event, true);
		case 'engine-back':
			return engineAway(table, event, false);
		case 'task-claimed':
			return taskClaimed(table, event);
		case 'task-adopted':
			return taskAdopted(table, event);
		case 'task-imported':
			return taskImported(table, event);
		case 'attempt-started':
			return attemptStarted(table, event);
		case 'attempt-ended':
			return attemptEnded(table, event);
		case 'check-ended':
			return checkEnded(table, event);
		case 'baseline-taken':
			return baselineTaken(table, event);
		case 'evidence-written':
			return evidenceWritten(table, event);
		case 'stop-requested':
			return stopRequested(table, event);
		case 'drain-requested':
			return drainRequested(table, event);
		case 'budget-set':
			return budgetSet(table, event);
		case 'task-answered':
			return taskAnswered(table, event);
		case 'discovery-noted':
			return discoveryNoted(table, event);
		case 'replan-claimed':
			return replanClaimed(table, event);
		case 'replan-released':
			return replanReleased(table, event);
		case 'replan-applied':
			return replanApplied(table, event);
		case 'replan-rejected':
			return replanRejected(table, event);
		case 'replan-left':
			return replanLeft(table, event);
		case 'run-closed':
			table.closed = true;
			return null;
		default:
			return unknownEvent(event);
	}
}

/** A journal of a newer version may hold kinds this one does not know: they are answered, not thrown. */
function unknownEvent(event: never): string {
	return `an event of unknown kind: ${String((event as { kind?: unknown }).kind)}`;
}
