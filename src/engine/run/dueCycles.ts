import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toPlainText } from '../../core/evidence/plainText.ts';
import { findSecrets, redactLines } from '../../core/evidence/redact.ts';
import { composeCycle } from '../../core/run/composeCycle.ts';
import type { CycleOpened } from '../../core/run/events.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { jobFiles, jobFolder } from '../files/runPaths.ts';

/** How much of what a failed check printed goes into the finding that a repair is told. */
const tailBytes = 2_048;
const tailLines = 20;

/** The cycles of repairs that are due for gates which this engine was asked for, each with what its judges printed. */
export function dueCycles(
	table: RunTable,
	{ engine, runFolder }: { readonly engine: string; readonly runFolder: string },
): CycleOpened[] {
	const own = table.engines.get(engine);
	if (own === undefined || own.draining || table.closed) {
		return [];
	}
	const secrets = findSecrets(process.env);
	const outputOf = (task: string, attempt: number, check: number | undefined) => {
		const file = join(jobFolder(runFolder, task, attempt, { check }), jobFiles.output);
		return redactLines(toPlainText(tailOf(file)), secrets)
			.trim()
			.split('\n')
			.slice(-tailLines)
			.join('\n');
	};
	return [...table.gates.due]
		.filter((gate) => own.scope.has(gate))
		.flatMap((gate) => composeCycle(table, gate, { engine, outputOf }) ?? []);
}

/** The end of a file; empty where there is none. */
function tailOf(file: string): string {
	try {
		const { size } = statSync(file);
		const length = Math.min(size, tailBytes);
		const buffer = Buffer.alloc(length);
		const handle = openSync(file, 'r');
		try {
			readSync(handle, buffer, 0, length, size - length);
		} finally {
			closeSync(handle);
		}
		return buffer.toString('utf8');
	} catch {
		return '';
	}
}
