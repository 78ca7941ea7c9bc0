type Plain = string | number | boolean | null;

/**
 * One field of many rows, as JSON that is short and quickly read: one value for all of them, texts by their number in a
 * list, whole numbers from a base on, or simply each value.
 */
export type Column<T> =
	| { readonly all: T }
	| { readonly of: readonly T[]; readonly at: readonly number[] }
	| { readonly from: number; readonly by: readonly (number | null)[] }
	| { readonly each: readonly T[] };

/** A field that few rows have: the numbers of those, each with its value. */
export type Sparse<T> = readonly (readonly [row: number, value: T])[];

/** Texts that are nearly all different are cheaper as they are. */
const mostTexts = 1_000;

export function packColumn<T extends Plain>(values: readonly T[]): Column<T> {
	const [first] = values;
	if (first !== undefined && values.every((value) => value === first)) {
		return { all: first };
	}
	return packTexts(values) ?? packNumbers(values) ?? { each: values };
}

function packTexts<T extends Plain>(values: readonly T[]): Column<T> | null {
	const numbers = new Map<T, number>();
	const at: number[] = [];
	for (const value of values) {
		const known = numbers.get(value);
		if (known === undefined && (typeof value === 'number' || numbers.size === mostTexts)) {
			return null;
		}
		const number = known ?? numbers.size;
		numbers.set(value, number);
		at.push(number);
	}
	return { of: [...numbers.keys()], at };
}

/** Times of one run differ little: what they differ by is read twice as fast. */
function packNumbers<T extends Plain>(values: readonly T[]): Column<T> | null {
	let from = Number.POSITIVE_INFINITY;
	for (const value of values) {
		if (typeof value === 'number' && Number.isInteger(value)) {
			from = Math.min(from, value);
		} else if (value !== null) {
			return null;
		}
	}
	return from === Number.POSITIVE_INFINITY
		? null
		: { from, by: values.map((value) => (typeof value === 'number' ? value - from : null)) };
}

/** The values of all rows again. `T` holds numbers where the column does. */
export function unpackColumn<T extends Plain>(column: Column<T>, rows: number): readonly T[] {
	if ('all' in column) {
		return new Array<T>(rows).fill(column.all);
	}
	if ('each' in column) {
		return column.each;
	}
	if ('of' in column) {
		const { of } = column;
		return column.at.map((number) => of[number] as T);
	}
	const { from } = column;
	return column.by.map((value) => (value === null ? null : value + from) as T);
}

/** The rows whose value is not the usual one. */
export function packSparse<T>(values: readonly T[], isUsual: (value: T) => boolean): Sparse<T> {
	return values.flatMap((value, row): [number, T][] => (isUsual(value) ? [] : [[row, value]]));
}

/** The values of all rows again; `usual` makes the value of a row that the field does not name. */
export function unpackSparse<T>(sparse: Sparse<T>, rows: number, usual: () => T): readonly T[] {
	const values = Array.from({ length: rows }, usual);
	for (const [row, value] of sparse) {
		values[row] = value;
	}
	return values;
}

/** Rows by their plain fields. */
export type Columns<Row, Field extends keyof Row> = { readonly [F in Field]: Column<Row[F]> };

/** What a row is made of when it is read back, before anybody knows that each field is there. */
export type Loose<Row> = { readonly [F in keyof Row]-?: Row[F] | undefined };

export function packColumns<Row, Field extends keyof Row & string>(
	rows: readonly Row[],
	fields: { readonly [F in Field]: true },
): Columns<Row, Field> {
	const columns = Object.keys(fields).map((field) => [
		field,
		packColumn(rows.map((row) => row[field as Field] as Plain)),
	]);
	return Object.fromEntries(columns) as Columns<Row, Field>;
}

/** The values of each field, of all rows. */
export function unpackColumns<Row, Field extends keyof Row & string>(
	columns: Columns<Row, Field>,
	rows: number,
): { readonly [F in Field]: readonly Row[F][] } {
	const values = Object.entries(columns).map(([field, column]) => [
		field,
		unpackColumn(column as Column<Plain>, rows),
	]);
	return Object.fromEntries(values) as { readonly [F in Field]: readonly Row[F][] };
}
