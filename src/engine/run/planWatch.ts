import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { LoaderReply } from '../../protocol/loaderReply.ts';

/** A save is followed by others (an editor's format on save, a branch switch): look once they are over. */
const pollMs = 2_000;

const planFolders = /(^|[/\\])(planning|tasks|sprints)$/;

export interface PlanWatchOptions {
	/** The files of the plan as it was loaded. */
	readonly files: readonly string[];
	/** When that began, in milliseconds since the epoch. */
	readonly loadedAt: number;
	readonly load: () => Promise<LoaderReply>;
	readonly onPlan: (reply: LoaderReply & { kind: 'plan' }) => Promise<void>;
	readonly logger: Logger;
}

export interface PlanWatch extends Disposable {
	/** Looks now, after a look that is under way. True where one of the two read the plan anew. */
	look(): Promise<boolean>;
}

/**
 * Notices saved changes of a plan while it runs, and hands over each version that is free of errors (D6). While the
 * files have errors the last good version stays in force, and that is said once.
 */
export function watchPlan(options: PlanWatchOptions): PlanWatch {
	let files = edited(options.files);
	let ended = false;
	let seen: string | null = null;
	let complained = '';
	const look = async (): Promise<boolean> => {
		const stamp = await stampOf(files, seen === null);
		// What was saved between the reading of the plan and the first look here is news as well.
		seen ??= stamp.newest < options.loadedAt ? stamp.text : '';
		if (stamp.text === seen || ended) {
			return false;
		}
		options.logger.debug('The plan is read again.');
		const reply = await options.load();
		seen = stamp.text;
		if (reply.kind === 'no-plan') {
			complain(
				`The plan cannot be read any more; the version that was started stays in force. ${reply.message}`,
			);
			return true;
		}
		const now = edited(reply.files);
		if (now.join('\n') !== files.join('\n')) {
			// Other files are watched from now on: read once more, so that no change of them falls in between.
			files = now;
			seen = '';
		}
		if (reply.kind === 'faults') {
			const [first] = reply.faults;
			complain(
				`The plan has errors; its last good version stays in force. ${first?.file}:${first?.line}:${first?.column} ${first?.message}`,
			);
			return true;
		}
		complained = '';
		if (!ended) {
			await options.onPlan(reply);
		}
		return true;
	};
	const complain = (message: string): void => {
		if (message !== complained) {
			complained = message;
			options.logger.warn(message);
		}
	};
	// One look at a time: two readings of one change would be offered twice.
	let latest: Promise<boolean> = Promise.resolve(false);
	const lookInTurn = (): Promise<boolean> => {
		latest = latest.then(look).catch((error: unknown) => {
			complain(error instanceof Error ? error.message : String(error));
			return false;
		});
		return latest;
	};
	let timer: NodeJS.Timeout;
	const schedule = (): void => {
		timer = setTimeout(() => {
			void lookInTurn().then(() => {
				if (!ended) {
					schedule();
				}
			});
		}, pollMs);
	};
	schedule();
	return {
		look: async () => {
			const underWay = latest;
			const foundNow = await lookInTurn();
			return (await underWay) || foundNow;
		},
		dispose: () => {
			ended = true;
			clearTimeout(timer);
		},
	};
}

/** Without the state file, which the run itself writes: its hidden name is like no other file's of a plan. */
function edited(files: readonly string[]): readonly string[] {
	return files.filter((file) => !basename(file).startsWith('.'));
}

/** What a look at the plan's places sees. */
interface Stamp {
	/** Differs when a file changed, or one came or went beside it. */
	readonly text: string;
	/** Time of the last change, in milliseconds since the epoch. */
	readonly newest: number;
}

/** `isFirst`: also tells when each file came to be there, which only the first look needs to know. */
async function stampOf(files: readonly string[], isFirst: boolean): Promise<Stamp> {
	const stamps = await Promise.all(
		files.map((file) =>
			stat(file).then(
				({ mtimeMs, size }) => ({ text: `${mtimeMs}:${size}`, at: mtimeMs }),
				// It was there when it was read.
				() => ({ text: 'gone', at: Number.POSITIVE_INFINITY }),
			),
		),
	);
	const lists = await Promise.all(foldersOf(files).map((folder) => planFilesIn(folder, isFirst)));
	return {
		text: [...stamps, ...lists].map(({ text }) => text).join(' '),
		newest: Math.max(0, ...[...stamps, ...lists].map(({ at }) => at)),
	};
}

/** The folders of the files, and those in which a folder of tasks or sprints may appear. */
function foldersOf(files: readonly string[]): string[] {
	const folders = files.map((file) => dirname(file));
	const parents = folders.filter((folder) => planFolders.test(folder)).map((folder) => dirname(folder));
	return [...new Set([...folders, ...parents])];
}

/**
 * The names of what may belong to a plan, and when the last of them came there. A folder's own time says nothing: the run
 * itself makes folders and replaces the state file in it, and each reading of the plan costs a process.
 */
async function planFilesIn(
	folder: string,
	isFirst: boolean,
): Promise<{ readonly text: string; readonly at: number }> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const names = entries
		.filter(({ name }) => !name.startsWith('.'))
		.filter(
			(entry) => /\.(ya?ml|json)$/i.test(entry.name) || (entry.isDirectory() && planFolders.test(entry.name)),
		)
		.map(({ name }) => name);
	const times = isFirst ? await Promise.all(names.map((name) => changeOf(join(folder, name)))) : [];
	return { text: names.join('|'), at: Math.max(0, ...times) };
}

/** When a file was written, or got its name; unknown counts as now. */
async function changeOf(file: string): Promise<number> {
	return stat(file).then(
		({ ctimeMs }) => ctimeMs,
		() => Number.POSITIVE_INFINITY,
	);
}
