import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/base/disposable.ts';
import type { PlanId } from '../../core/plan/plan.ts';

const memoryKey = 'openedForeign';

export interface OpenedForeignOptions {
	/** What is kept for this workspace over reloads. */
	readonly memory: vscode.Memento;
	/** Has the server read files as one plan; null when they hold none. */
	readonly open: (uris: readonly string[]) => Promise<PlanId | null>;
	readonly close: (uris: readonly string[]) => Promise<void>;
}

/** Plans of other tools that a person opened by hand, from anywhere: they stay until they are closed or hold no task any more. */
export class OpenedForeign extends DisposableOwner {
	readonly #options: OpenedForeignOptions;
	/** By their first files. */
	readonly #lists = new Map<string, readonly string[]>();
	readonly #watched = new Set<string>();

	constructor(options: OpenedForeignOptions) {
		super();
		this.#options = options;
		for (const list of listsIn(options.memory.get(memoryKey))) {
			this.#lists.set(list[0] ?? '', list);
		}
	}

	/** Shows files as one plan; null when they hold none. */
	async open(uris: readonly string[]): Promise<PlanId | null> {
		const name = uris[0] ?? '';
		const id = await this.#options.open(uris);
		if (id === null) {
			this.#lists.delete(name);
		} else {
			this.#lists.set(name, uris);
			this.#watch(uris);
		}
		await this.#remember();
		return id;
	}

	/** Shows all of them: the server began anew. */
	async openAll(): Promise<void> {
		for (const uris of [...this.#lists.values()]) {
			await this.open(uris);
		}
	}

	/** Ends what `open` began, for the plan with these files. */
	async close(uris: readonly string[]): Promise<void> {
		for (const [name, list] of this.#lists) {
			if (list.some((uri) => uris.includes(uri))) {
				this.#lists.delete(name);
			}
		}
		await this.#options.close(uris);
		await this.#remember();
	}

	async #remember(): Promise<void> {
		await this.#options.memory.update(memoryKey, [...this.#lists.values()]);
	}

	/** Files that lie where no glob of ours reaches: a change has them read again. */
	#watch(uris: readonly string[]): void {
		const folders = new Set(
			uris.map((uri) => vscode.Uri.joinPath(vscode.Uri.parse(uri, true), '..').toString()),
		);
		const again = (changed: vscode.Uri) => {
			const uri = changed.toString();
			const list = [...this.#lists.values()].find((each) => each.includes(uri));
			if (list !== undefined) {
				void this.open(list);
			}
		};
		for (const folder of folders) {
			if (!this.#watched.has(folder)) {
				this.#watched.add(folder);
				const pattern = new vscode.RelativePattern(vscode.Uri.parse(folder, true), '*.{md,json,jsonl}');
				const watcher = this.register(vscode.workspace.createFileSystemWatcher(pattern));
				this.register(watcher.onDidChange(again));
				this.register(watcher.onDidCreate(again));
				this.register(watcher.onDidDelete(again));
			}
		}
	}
}

/** Memory may hold what an earlier version wrote. */
function listsIn(value: unknown): string[][] {
	return Array.isArray(value)
		? value.filter(
				(list): list is string[] =>
					Array.isArray(list) && list.length > 0 && list.every((uri) => typeof uri === 'string'),
			)
		: [];
}
