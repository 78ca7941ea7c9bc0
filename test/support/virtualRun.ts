import type { StampedEvent } from '../../src/core/run/events.ts';
import { nextClaim, nextStep } from '../../src/core/run/nextStep.ts';
import { RunFold } from '../../src/core/run/runFold.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { RunTable } from '../../src/core/run/runTable.ts';

/** A start in words that can be compared: `0 A`, minutes and task. */
export type Start = string;

type Line = StampedEvent extends infer Event
	? Event extends { stamp: unknown }
		? Omit<Event, 'stamp'>
		: never
	: never;

/**
 * A run of the engine's own fold on a virtual clock: lines as engines write them, claims as they take them, every task as
 * long as `minutes` says and then well. Gives what started when, in the order of the claims.
 */
export function virtualRun(
	plan: RunPlan,
	{ agents, minutes }: { readonly agents: number; readonly minutes: (task: string) => number },
): { readonly starts: Start[]; readonly left: string[] } {
	const fold = new RunFold();
	let sequence = 0;
	let now = 0;
	const tell = (line: Line) => {
		sequence++;
		const event = { ...line, stamp: { at: now, writer: 'w', sequence } } as StampedEvent;
		const verdict = fold.apply(event, event.kind === 'run-created' ? { ...plan, jobs: agents } : null);
		if (verdict !== null) {
			throw new Error(`${event.kind} is void: ${verdict}`);
		}
	};
	const { strategy } = plan;
	tell({ kind: 'run-created', run: 'r', plan: 'p', snapshot: 's', strategy, jobs: agents });
	const process = { pid: 1, startTime: '1', boot: 'b', host: 'h' };
	tell({ kind: 'engine-started', engine: 'e', process, face: 'terminal', jobs: null });
	const table = () => fold.table as RunTable;
	const tasks = [...table().tasks.keys()];
	tell({ kind: 'scope-added', engine: 'e', request: 'all', tasks, explicit: false });
	const starts: Start[] = [];
	const ends = new Map<string, number>();
	for (;;) {
		for (
			let claim = nextClaim(table(), 'e', { agents: true });
			claim !== null;
			claim = nextClaim(table(), 'e', { agents: true })
		) {
			const { task, attempt } = claim;
			tell({ kind: 'task-claimed', task, attempt, engine: 'e' });
			starts.push(`${now / 60_000} ${task}`);
			ends.set(task, now + Math.round(minutes(task) * 60_000));
		}
		if (ends.size === 0) {
			const left = [...table().tasks.values()].filter(({ status }) => status !== 'completed');
			return { starts, left: left.map(({ task }) => task.id) };
		}
		now = Math.min(...ends.values());
		for (const [task, end] of [...ends]) {
			if (end === now) {
				ends.delete(task);
				finish(table(), task, tell);
			}
		}
	}
}

/** The lines with which a task ends well, through its checks. */
function finish(table: RunTable, task: string, tell: (line: Line) => void): void {
	const facts = {
		task,
		attempt: 1,
		engine: 'e',
		exit: 0,
		reason: '',
		startedAt: 0,
		endedAt: 0,
		outputHash: '',
		outputBytes: 0,
	};
	const due = () => {
		const state = table.tasks.get(task);
		return state === undefined ? null : nextStep(state);
	};
	// A step that only checks has no work to end.
	if (due()?.kind === 'work') {
		tell({ ...facts, kind: 'attempt-ended', outcome: 'ok' });
	}
	for (let step = due(); step?.kind === 'check'; step = due()) {
		tell({ ...facts, kind: 'check-ended', check: step.check, passed: true });
	}
}
