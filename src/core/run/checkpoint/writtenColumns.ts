import type { WrittenFiles } from '../runState.ts';
import type { Column } from './columns.ts';
import { packColumn, unpackColumn } from './columns.ts';

/** What the evidence of each task was, by fields: nearly every finished task has some. */
export interface WrittenColumns {
	/** Null where no line says what it was. */
	readonly order: Column<number | null>;
	/** How many files each task has, and the files of all, one task after another. */
	readonly fileCount: Column<number>;
	readonly paths: Column<string>;
	readonly hashes: Column<string>;
}

export function packWritten(written: readonly (WrittenFiles | null)[]): WrittenColumns {
	const files = written.map((each) => Object.entries(each?.files ?? {}));
	return {
		order: packColumn(written.map((each) => each?.order ?? null)),
		fileCount: packColumn(files.map(({ length }) => length)),
		paths: packColumn(files.flatMap((entries) => entries.map(([path]) => path))),
		hashes: packColumn(files.flatMap((entries) => entries.map(([, hash]) => hash))),
	};
}

export function unpackWritten(columns: WrittenColumns, size: number): readonly (WrittenFiles | null)[] {
	const fileCount = unpackColumn(columns.fileCount, size);
	const count = fileCount.reduce((sum, each) => sum + each, 0);
	const paths = unpackColumn(columns.paths, count);
	const hashes = unpackColumn(columns.hashes, count);
	let file = 0;
	return unpackColumn(columns.order, size).map((order, row) => {
		const files: Record<string, string> = {};
		for (const end = file + (fileCount[row] ?? 0); file < end; file++) {
			files[paths[file] ?? ''] = hashes[file] ?? '';
		}
		return order === null ? null : { files, order };
	});
}
