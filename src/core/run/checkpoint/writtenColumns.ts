import type { TaskState, WrittenFiles } from '../runState.ts';
import type { Column } from './columns.ts';
import { packColumn, unpackColumn } from './columns.ts';

/** What the evidence of each task was, by fields: nearly every finished task has some. */
export interface WrittenColumns {
	/** Null where no line says what it was. */
	readonly order: Column<number | null>;
	/** Null where it is the folder of the task's evidence. */
	readonly folders: Column<string | null>;
	/** How many files each task has, and the files of all, one task after another. */
	readonly fileCount: Column<number>;
	readonly paths: Column<string>;
	readonly hashes: Column<string>;
}

export function packWritten(states: readonly TaskState[]): WrittenColumns {
	const files = states.map(({ written }) => Object.entries(written?.files ?? {}));
	return {
		order: packColumn(states.map(({ written }) => written?.order ?? null)),
		folders: packColumn(
			states.map(({ written, evidence }) =>
				written === null || written.path === evidence ? null : written.path,
			),
		),
		fileCount: packColumn(files.map(({ length }) => length)),
		paths: packColumn(files.flatMap((entries) => entries.map(([path]) => path))),
		hashes: packColumn(files.flatMap((entries) => entries.map(([, hash]) => hash))),
	};
}

/** `evidence`: the folder of each task's evidence. */
export function unpackWritten(
	columns: WrittenColumns,
	evidence: readonly (string | null)[],
): readonly (WrittenFiles | null)[] {
	const size = evidence.length;
	const folders = unpackColumn(columns.folders, size);
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
		return order === null ? null : { path: folders[row] ?? evidence[row] ?? '', files, order };
	});
}
