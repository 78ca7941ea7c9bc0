import type { AttemptState, StepState } from '../runState.ts';
import type { CheckColumns } from './checkColumns.ts';
import { packChecks, unpackChecks } from './checkColumns.ts';
import type { Column, Columns, Loose, Sparse } from './columns.ts';
import { packColumn, packColumns, packSparse, unpackColumn, unpackColumns, unpackSparse } from './columns.ts';

type OptionalField = 'judge' | 'limited' | 'costUsd' | 'superseded' | 'rechecked' | 'imported';
type PlainField = keyof Omit<AttemptState, 'steps' | 'checks' | OptionalField>;

/** Attempts by their fields. */
export interface AttemptColumns {
	readonly size: number;
	readonly plain: Columns<AttemptState, PlainField>;
	readonly steps: Sparse<readonly StepState[]>;
	/** False where an attempt does not have the field. */
	readonly optional: Readonly<Record<OptionalField, Column<string | number | boolean | null>>>;
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

const optionalFields: Record<OptionalField, true> = {
	judge: true,
	limited: true,
	costUsd: true,
	superseded: true,
	rechecked: true,
	imported: true,
};

export function packAttempts(attempts: readonly AttemptState[]): AttemptColumns {
	return {
		size: attempts.length,
		plain: packColumns<AttemptState, PlainField>(attempts, plainFields),
		steps: packSparse(
			attempts.map(({ steps }) => steps),
			({ length }) => length === 0,
		),
		optional: packOptional(attempts),
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
		const attempt: Loose<Omit<AttemptState, OptionalField>> = {
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
	addOptional(attempts, columns.optional);
	return attempts;
}

function packOptional(attempts: readonly AttemptState[]): AttemptColumns['optional'] {
	const columns = Object.keys(optionalFields).map((field) => [
		field,
		packColumn(
			attempts.map((attempt) => {
				const value = attempt[field as OptionalField];
				return value === undefined ? false : value;
			}),
		),
	]);
	return Object.fromEntries(columns) as AttemptColumns['optional'];
}

function addOptional(attempts: readonly AttemptState[], columns: AttemptColumns['optional']): void {
	const some = Object.entries(columns).filter(([, column]) => !('all' in column && column.all === false));
	for (const [field, column] of some) {
		for (const [row, value] of unpackColumn(column, attempts.length).entries()) {
			if (value !== false) {
				Object.assign(attempts[row] ?? {}, { [field]: value });
			}
		}
	}
}
