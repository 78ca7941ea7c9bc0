import type { AttemptState, StepState } from '../runState.ts';
import type { CheckColumns } from './checkColumns.ts';
import { packChecks, unpackChecks } from './checkColumns.ts';
import type { Column, Columns, Loose, Sparse } from './columns.ts';
import { packColumn, packColumns, packSparse, unpackColumn, unpackColumns, unpackSparse } from './columns.ts';

type MarkField = 'superseded' | 'rechecked' | 'imported';
type PlainField = keyof Omit<AttemptState, 'steps' | 'checks' | MarkField>;

/** Attempts by their fields. */
export interface AttemptColumns {
	readonly size: number;
	readonly plain: Columns<AttemptState, PlainField>;
	readonly steps: Sparse<readonly StepState[]>;
	readonly marks: Sparse<Pick<AttemptState, MarkField>>;
	/** How many checks each attempt has, and the checks of all, one attempt after another. */
	readonly checkCount: Column<number>;
	readonly checks: CheckColumns;
}

/** A field that attempts get must be entered here and below, or nothing compiles. */
const plainFields: Record<PlainField, true> = {
	number: true,
	claimedAt: true,
	startedAt: true,
	endedAt: true,
	pid: true,
	outcome: true,
	exit: true,
	reason: true,
	outputHash: true,
	outputBytes: true,
	mark: true,
	iteration: true,
	tier: true,
	agent: true,
	counts: true,
	paused: true,
	rejection: true,
	lost: true,
	round: true,
};

export function packAttempts(attempts: readonly AttemptState[]): AttemptColumns {
	return {
		size: attempts.length,
		plain: packColumns<AttemptState, PlainField>(attempts, plainFields),
		steps: packSparse(
			attempts.map(({ steps }) => steps),
			({ length }) => length === 0,
		),
		marks: packSparse(
			attempts.map(({ superseded, rechecked, imported }) => ({
				...(superseded && { superseded }),
				...(rechecked && { rechecked }),
				...(imported && { imported }),
			})),
			(marks) => Object.keys(marks).length === 0,
		),
		checkCount: packColumn(attempts.map(({ checks }) => checks.length)),
		checks: packChecks(attempts.flatMap(({ checks }) => checks)),
	};
}

export function unpackAttempts(columns: AttemptColumns): readonly AttemptState[] {
	const { size } = columns;
	const of = unpackColumns<AttemptState, PlainField>(columns.plain, size);
	const steps = unpackSparse(columns.steps, size, () => []);
	const checkCount = unpackColumn(columns.checkCount, size);
	const checks = unpackChecks(columns.checks);
	let checksBefore = 0;
	const attempts = of.number.map((number, row) => {
		const first = checksBefore;
		checksBefore += checkCount[row] ?? 0;
		const attempt: Loose<Omit<AttemptState, MarkField>> = {
			number,
			claimedAt: of.claimedAt[row],
			startedAt: of.startedAt[row],
			endedAt: of.endedAt[row],
			pid: of.pid[row],
			outcome: of.outcome[row],
			exit: of.exit[row],
			reason: of.reason[row],
			outputHash: of.outputHash[row],
			outputBytes: of.outputBytes[row],
			mark: of.mark[row],
			iteration: of.iteration[row],
			tier: of.tier[row],
			agent: of.agent[row],
			counts: of.counts[row],
			steps: steps[row],
			paused: of.paused[row],
			rejection: of.rejection[row],
			lost: of.lost[row],
			checks: checks.slice(first, checksBefore),
			round: of.round[row],
		};
		return attempt as AttemptState;
	});
	for (const [row, marks] of columns.marks) {
		Object.assign(attempts[row] ?? {}, marks);
	}
	return attempts;
}
