import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProcessIdentity } from '../../core/run/processIdentity.ts';
import { isActive } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { livenessOf, ownIdentity } from '../processes/processIdentity.ts';

/** S4: agents at once on this machine, over all windows and terminals; shell tasks are not counted. */
const defaultLimit = 8;

/**
 * The machine-wide limit for agents: numbered files in the user's state folder, each linked into place by the engine
 * that holds it. A file whose engine is gone is free again, so that a crash holds no slot.
 */
export class MachineSlots {
	readonly #folder: string;
	readonly #limit: number;
	/** Slot file by task. */
	readonly #held = new Map<string, string>();
	#fullUntil = 0;

	constructor(options: { folder?: string; limit?: number } = {}) {
		this.#folder = options.folder ?? join(stateFolder(), 'slots');
		this.#limit = options.limit ?? defaultLimit;
	}

	/** Gives back what finished tasks held, and says whether asking for a slot makes sense now. */
	mayTake(table: RunTable, engine: string): boolean {
		for (const [task, file] of this.#held) {
			const state = table.tasks.get(task);
			if (state === undefined || !isActive(state) || state.owner !== engine) {
				this.#held.delete(task);
				void unlink(file).catch(() => {});
			}
		}
		return performance.now() >= this.#fullUntil;
	}

	/** True when a slot was taken for the task. Where the folder cannot be used there is no limit: work goes first. */
	async take(task: string): Promise<boolean> {
		try {
			await mkdir(this.#folder, { recursive: true, mode: 0o700 });
			const mine = join(this.#folder, `.${process.pid}-${Date.now()}-${this.#held.size}`);
			await writeFile(mine, JSON.stringify(ownIdentity()), { mode: 0o600 });
			try {
				for (let index = 1; index <= this.#limit; index++) {
					const file = join(this.#folder, `agent-${index}`);
					if (
						(await linkOrFalse(mine, file)) ||
						((await this.#free(file)) && (await linkOrFalse(mine, file)))
					) {
						this.#held.set(task, file);
						return true;
					}
				}
			} finally {
				await unlink(mine).catch(() => {});
			}
		} catch {
			return true;
		}
		this.#fullUntil = performance.now() + 1_000;
		return false;
	}

	async release(): Promise<void> {
		await Promise.all([...this.#held.values()].map((file) => unlink(file).catch(() => {})));
		this.#held.clear();
	}

	/**
	 * Removes a slot whose engine is dead. It is renamed away first and looked at again under its new name, so that two
	 * engines that saw the same dead file do not take a fresh one from each other.
	 */
	async #free(file: string): Promise<boolean> {
		if (!(await isDead(file))) {
			return false;
		}
		const aside = `${file}.${process.pid}`;
		try {
			await rename(file, aside);
		} catch {
			return false;
		}
		const dead = await isDead(aside);
		if (!dead) {
			await linkOrFalse(aside, file);
		}
		await unlink(aside).catch(() => {});
		return dead;
	}
}

async function isDead(file: string): Promise<boolean> {
	try {
		return livenessOf(JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity) === 'dead';
	} catch {
		return false;
	}
}

async function linkOrFalse(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
			return false;
		}
		throw error;
	}
}

/** The user's state folder (XDG on Linux, the usual places elsewhere). */
export function stateFolder(): string {
	if (process.platform === 'win32') {
		return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'switchyard');
	}
	if (process.platform === 'darwin') {
		return join(homedir(), 'Library', 'Application Support', 'switchyard');
	}
	return join(process.env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'switchyard');
}
