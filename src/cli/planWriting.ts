import { relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { createTwoFilesPatch } from 'diff';
import type { FileChange } from '../core/schedule/files/fileChange.ts';
import { documentUris, planChanges } from '../core/schedule/files/planChanges.ts';
import { writeObstacle } from '../core/schedule/files/writeObstacle.ts';
import { readText, writeFileChanges } from '../engine/files/writeFileChanges.ts';
import { exitCodes } from './exitCodes.ts';
import type { Planning } from './planCommand.ts';
import { UsageError } from './usageError.ts';

/** How `plan --write` may go about files that a hand wrote. */
export interface WriteOptions {
	/** Overwrite them without asking. */
	readonly force: boolean;
	/** Asks a person; null where nobody can be asked. */
	readonly ask: ((question: string) => Promise<boolean>) | null;
}

export interface WriteOutcome {
	readonly exitCode: number;
	/** What was done, for a person. */
	readonly text: string;
	/** Paths relative to the root; empty when nothing was written. */
	readonly written: readonly string[];
	/** Paths of files that a hand wrote and that stand in the way. */
	readonly refused: readonly string[];
}

/**
 * Writes the tracks and sprints of a plan into its files, all or nothing. Where something that a hand wrote would go, a
 * diff is shown first and nothing is written without a yes. Throws a `UsageError` for plans that cannot be written.
 */
export async function writePlanning(planning: Planning, options: WriteOptions): Promise<WriteOutcome> {
	refuseFaulty(planning);
	const { rootPath } = planning.found;
	const changes = planChanges({ ...planning, texts: await readTexts(planning) });
	const name = (change: FileChange) => relative(rootPath, fileURLToPath(change.uri)).replaceAll('\\', '/');
	const own = changes.filter(({ kind }) => kind === 'overwrite');
	if (changes.length === 0) {
		const text = 'The files say so already: nothing was written.\n';
		return { exitCode: exitCodes.ok, text, written: [], refused: [] };
	}
	if (own.length > 0 && !options.force) {
		const diff = own.map((change) => patchOf(change, name(change))).join('');
		const count = own.length === 1 ? 'a file that was' : `${own.length} files that were`;
		const accepted = await options.ask?.(`${diff}\nThis changes ${count} written by hand. Write it? [y/N] `);
		if (accepted !== true) {
			const help = 'Use --force to write it all the same.';
			const text = `${options.ask === null ? diff : ''}Nothing was written: this changes ${count} written by hand (${own.map(name).join(', ')}). ${help}\n`;
			return { exitCode: exitCodes.failed, text, written: [], refused: own.map(name) };
		}
	}
	await writeFileChanges(rootPath, changes);
	const verb = ({ before, after }: FileChange) =>
		after === null ? 'Removed' : before === null ? 'Wrote' : 'Changed';
	const text = changes.map((change) => `${verb(change)} ${name(change)}\n`).join('');
	return { exitCode: exitCodes.ok, text, written: changes.map(name), refused: [] };
}

/** Asks on the terminal; null where there is none. */
export function terminalQuestion(): WriteOptions['ask'] {
	if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) {
		return null;
	}
	return async (question) => {
		const terminal = createInterface({ input: process.stdin, output: process.stdout });
		try {
			return /^y(es)?$/i.test((await terminal.question(question)).trim());
		} finally {
			terminal.close();
		}
	};
}

function refuseFaulty({ isForeign, found, problems, trackPlan }: Planning): void {
	if (isForeign) {
		const path = fileURLToPath(found.files[0]?.uri ?? '');
		throw new UsageError(
			`${path} is a plan of another tool, which is only read. Write it as a plan with: switchyard import ${path}`,
		);
	}
	const obstacle = writeObstacle(problems, trackPlan);
	if (obstacle?.kind === 'cycle') {
		const circle = [...obstacle.tasks, obstacle.tasks[0]].join(' → ');
		throw new UsageError(
			`Nothing was written: ${circle} wait for each other in a circle. Remove one of these dependencies.`,
		);
	}
	if (obstacle?.kind === 'problem') {
		const { range, code, message } = obstacle.problem;
		throw new UsageError(
			`The plan has errors, so nothing was written: ${fileURLToPath(range.uri)}:${range.start.line + 1}: ${code} ${message}`,
		);
	}
}

async function readTexts({ plan, found }: Planning): Promise<Map<string, string>> {
	const texts = new Map(found.files.map(({ uri, text }) => [uri, text]));
	for (const uri of documentUris(plan)) {
		const text = texts.has(uri) ? null : await readText(fileURLToPath(uri));
		if (text !== null) {
			texts.set(uri, text);
		}
	}
	return texts;
}

function patchOf({ before, after }: FileChange, name: string): string {
	return createTwoFilesPatch(
		`a/${name}`,
		after === null ? '/dev/null' : `b/${name}`,
		before ?? '',
		after ?? '',
	);
}
