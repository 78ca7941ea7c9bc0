import type { Task } from '../core/plan/plan.ts';
import { joinUri } from '../core/plan/uris.ts';

/** Whether a file exists; null where nobody can say. */
export type Exists = (uri: string) => Promise<boolean | null>;

/**
 * Remembers which files that plans name exist. Checks do no IO and never wait: a file that was not looked for yet counts as
 * there, and when it turns out to be missing the plan is checked again.
 */
export class PromptFiles {
	readonly #exists: Exists;
	readonly #known = new Map<string, boolean>();

	constructor(exists: Exists) {
		this.#exists = exists;
	}

	/** The question that the checks of a plan ask. */
	hasFile(rootUri: string): (path: string) => boolean {
		return (path) => this.#known.get(joinUri(rootUri, path)) ?? true;
	}

	/** Looks for the files of the prompts of some tasks that nobody looked for yet; true when one of them is missing. */
	async look(rootUri: string, tasks: readonly Task[]): Promise<boolean> {
		const uris = new Set<string>();
		for (const { prompt } of tasks) {
			if (prompt?.kind === 'file') {
				uris.add(joinUri(rootUri, prompt.path));
			}
		}
		let isMissing = false;
		for (const uri of uris) {
			if (!this.#known.has(uri)) {
				const found = (await this.#exists(uri)) ?? true;
				this.#known.set(uri, found);
				isMissing ||= !found;
			}
		}
		return isMissing;
	}

	/** A file came or went; true when somebody asked for it, so that plans have to be checked, and all their tasks looked through, again. */
	changed(uri: string, isThere: boolean): boolean {
		const names = [...this.#known.keys()].filter((known) => known === uri || known.startsWith(`${uri}/`));
		for (const name of names) {
			if (isThere && name !== uri) {
				// A folder came: what is in it is looked for again.
				this.#known.delete(name);
			} else {
				this.#known.set(name, isThere);
			}
		}
		return names.length > 0;
	}
}
