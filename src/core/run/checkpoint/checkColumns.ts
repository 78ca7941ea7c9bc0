import type { CheckState } from '../runState.ts';
import type { Columns, Loose, Sparse } from './columns.ts';
import { packColumns, packSparse, unpackColumns, unpackSparse } from './columns.ts';

type ListField = 'figures' | 'findings' | 'known' | 'criteria';
type PlainField = keyof Omit<CheckState, ListField>;

/** Checks by their fields; what most of them do not have is listed by the check. */
export type CheckColumns = { readonly [F in ListField]: Sparse<CheckState[F]> } & {
	readonly size: number;
	readonly plain: Columns<CheckState, PlainField>;
};

/** A field that checks get must be entered here and below, or nothing compiles. */
const plainFields: Record<PlainField, true> = {
	index: true,
	passed: true,
	exit: true,
	reason: true,
	startedAt: true,
	endedAt: true,
	outputHash: true,
	outputBytes: true,
	advisory: true,
};

export function packChecks(checks: readonly CheckState[]): CheckColumns {
	const isEmpty = ({ length }: readonly unknown[]) => length === 0;
	return {
		size: checks.length,
		plain: packColumns<CheckState, PlainField>(checks, plainFields),
		figures: packSparse(
			checks.map(({ figures }) => figures),
			(figures) => Object.keys(figures).length === 0,
		),
		findings: packSparse(
			checks.map(({ findings }) => findings),
			isEmpty,
		),
		known: packSparse(
			checks.map(({ known }) => known),
			isEmpty,
		),
		criteria: packSparse(
			checks.map(({ criteria }) => criteria),
			isEmpty,
		),
	};
}

export function unpackChecks(columns: CheckColumns): readonly CheckState[] {
	const { size } = columns;
	const of = unpackColumns<CheckState, PlainField>(columns.plain, size);
	const figures = unpackSparse(columns.figures, size, () => ({}));
	const findings = unpackSparse(columns.findings, size, () => []);
	const known = unpackSparse(columns.known, size, () => []);
	const criteria = unpackSparse(columns.criteria, size, () => []);
	return of.index.map((index, row) => {
		const check: Loose<CheckState> = {
			index,
			passed: of.passed[row],
			exit: of.exit[row],
			reason: of.reason[row],
			startedAt: of.startedAt[row],
			endedAt: of.endedAt[row],
			outputHash: of.outputHash[row],
			outputBytes: of.outputBytes[row],
			figures: figures[row],
			findings: findings[row],
			known: known[row],
			criteria: criteria[row],
			advisory: of.advisory[row],
		};
		return check as CheckState;
	});
}
