import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { glob } from 'tinyglobby';
import type { LanguagesFound } from '../../core/run/events.ts';
import type { Language } from '../../core/run/languages.ts';
import { languagesOf } from '../../core/run/languages.ts';
import type { RunTable } from '../../core/run/runTable.ts';

const run = promisify(execFile);

const ignored = ['**/.git/**', '**/.switchyard/**', '**/.work/**', '**/node_modules/**'];

/**
 * Looks for languages where reviews wait for them (G2): in the files that the judged tasks say they touch or produce, and
 * where they say nothing, in everything that git would keep, or that lies below the root. Gates of others are left to them.
 */
export async function findLanguages(
	table: RunTable,
	{ engine, rootPath }: { readonly engine: string; readonly rootPath: string },
): Promise<LanguagesFound[]> {
	const own = table.engines.get(engine);
	if (own === undefined || own.draining || table.closed) {
		return [];
	}
	const events: LanguagesFound[] = [];
	for (const gate of table.gates.waitingForLanguages(table)) {
		if (own.scope.has(gate.id)) {
			const languages = await languagesAt(rootPath, table, gate.judges);
			events.push({ kind: 'languages-found', engine, gate: gate.id, languages });
		}
	}
	return events;
}

async function languagesAt(
	rootPath: string,
	table: RunTable,
	judges: readonly string[],
): Promise<readonly Language[]> {
	const patterns = judges.flatMap((id) => {
		const { produces = [], touches = [] } = table.definitionOf(id) ?? {};
		return [...produces, ...touches];
	});
	const paths = patterns.length > 0 ? await filesOf(rootPath, patterns) : await allFiles(rootPath);
	return languagesOf(paths).map(({ language }) => language);
}

function filesOf(rootPath: string, patterns: readonly string[]): Promise<string[]> {
	const options = { cwd: rootPath, dot: true, onlyFiles: true, followSymbolicLinks: false, ignore: ignored };
	return glob([...patterns], options).catch(() => []);
}

/** What git ignores was made by tools: nobody reviews it. */
async function allFiles(rootPath: string): Promise<string[]> {
	const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
	const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
	const options = { cwd: rootPath, env, timeout: 10_000, maxBuffer: 64 * 1024 * 1024 };
	const listed = await run('git', args, options).catch(() => null);
	return listed === null ? filesOf(rootPath, ['**/*']) : listed.stdout.split('\0');
}
