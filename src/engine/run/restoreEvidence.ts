import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AlteredFile } from '../../core/evidence/writtenRecords.ts';
import type { TaskState } from '../../core/run/runState.ts';
import { makeFolder } from '../files/makeFolder.ts';
import { switchyardFolder } from '../files/runPaths.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import type { EvidenceDraft } from './evidenceFolder.ts';
import { EvidenceWriter } from './evidenceWriter.ts';
import { TaskSecrets } from './taskSecrets.ts';

export interface RestoreOptions {
	readonly rootPath: string;
	/** Read up to now. */
	readonly log: RunLog;
	readonly writer: JournalWriter;
	readonly altered: readonly AlteredFile[];
	/** Writes it also where it cannot be made as it was; the journal then says so. */
	readonly anew: boolean;
	/** Names the folder in which altered files are kept. */
	readonly now: number;
}

/** What became of an altered file. `differs`: what would be written now is not what was written then. */
export interface Restored extends AlteredFile {
	readonly done: 'restored' | 'anew' | 'differs';
}

/**
 * Writes altered evidence again from what the attempts left. Only what has the hash that the journal names takes the place
 * of a file, unless `anew`: nobody gets other evidence than what was written, without knowing it, and no secret comes back that
 * only the environment of that time told. Altered files are copied into `.switchyard/altered` before; gives that folder.
 */
export async function restoreEvidence(
	options: RestoreOptions,
): Promise<{ readonly files: readonly Restored[]; readonly kept: string }> {
	const { rootPath, log, altered, now } = options;
	const stamp = new Date(now).toISOString().replaceAll(/[-:]/g, '');
	const kept = join(switchyardFolder(rootPath), 'altered', stamp);
	const files: Restored[] = [];
	for (const task of new Set(altered.map((file) => file.task))) {
		const state = log.fold.table?.tasks.get(task);
		const own = altered.filter((file) => file.task === task);
		if (state !== undefined) {
			files.push(...(await restoreRow(options, { state, own, kept })));
		}
	}
	return { files, kept };
}

interface Row {
	readonly state: TaskState;
	readonly own: readonly AlteredFile[];
	readonly kept: string;
}

async function restoreRow(options: RestoreOptions, { state, own, kept }: Row): Promise<Restored[]> {
	const { rootPath, anew } = options;
	const draft = await draftOf(options, state);
	const written = state.written?.path === draft.path ? state.written.files : {};
	const done: Restored[] = [];
	for (const file of own) {
		const name = file.path.slice(draft.path.length + 1);
		const isSame = draft.files[name] !== undefined && draft.files[name] === written[name];
		if (isSame || anew) {
			keepAside(rootPath, file, kept);
		}
		if (isSame) {
			await draft.deliver(name);
		}
		done.push({ ...file, done: isSame ? 'restored' : anew ? 'anew' : 'differs' });
	}
	if (done.some((file) => file.done === 'anew')) {
		await journalAnew(options, { state, draft });
	}
	return done;
}

async function draftOf({ rootPath, log }: RestoreOptions, state: TaskState): Promise<EvidenceDraft> {
	const { table, created } = log.fold;
	if (table === null || created === null) {
		throw new Error(`The run in ${log.folder} has no plan.`);
	}
	const { run, at: createdAt } = created;
	const evidence = new EvidenceWriter({ run, createdAt }, () => table);
	const secrets = new TaskSecrets();
	return evidence.draft({ rootPath, runFolder: log.folder, run, plan: table.plan, secrets }, state);
}

/** All files of the row are then what this version makes of it, so that they agree with each other. */
async function journalAnew(
	{ writer }: RestoreOptions,
	{ state, draft }: { readonly state: TaskState; readonly draft: EvidenceDraft },
): Promise<void> {
	for (const name of draft.texts.keys()) {
		await draft.deliver(name);
	}
	const { path, files } = draft;
	const attempt = state.attempts.at(-1)?.number ?? 1;
	await writer.append([{ kind: 'evidence-written', task: state.task.id, attempt, path, files }]);
}

function keepAside(rootPath: string, { path, how }: AlteredFile, kept: string): void {
	if (how === 'gone') {
		return;
	}
	const place = join(kept, ...path.split('/'));
	makeFolder(dirname(place));
	cpSync(join(rootPath, ...path.split('/')), place);
}
