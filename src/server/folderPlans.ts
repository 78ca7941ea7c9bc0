import { foreignAt, isForeignPlace } from '../core/plan/foreign/foreignPlaces.ts';
import type { PlanId } from '../core/plan/plan.ts';
import { groupPlans, isSkippedPath, planOf } from '../core/plan/planFiles.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import { joinUri, relativePath } from '../core/plan/uris.ts';
import type { PlanLookup } from './features/planLookup.ts';
import type { FileSource } from './fileSource.ts';
import { FolderScan } from './folderScan.ts';
import { ForeignPlans } from './foreignPlans.ts';
import type { PlanOutput } from './livePlan.ts';
import { LivePlan } from './livePlan.ts';
import type { OpenText } from './planFileStore.ts';
import { PlanFileStore } from './planFileStore.ts';
import { PromptFiles } from './promptFiles.ts';

export interface FolderPlansOptions {
	readonly folderUri: string;
	readonly source: FileSource;
	readonly output: PlanOutput;
	/** Said when something was read that `refresh` should look at. */
	readonly onChange: () => void;
	/** True for a path that belongs to another workspace folder inside this one. */
	readonly isForeign: (uri: string) => boolean;
}

/** All plans of one workspace folder. */
export class FolderPlans {
	readonly folderUri: string;
	readonly #options: FolderPlansOptions;
	readonly #store = new PlanFileStore();
	readonly #plans = new Map<string, LivePlan>();
	readonly #reads = new Map<string, number>();
	readonly #scan: FolderScan;
	/** Plans that other tools wrote. */
	readonly #others: ForeignPlans;
	readonly #prompts: PromptFiles;
	/** What is known of other files changed: every plan has to be checked again. */
	#recheck = false;
	#grouped = -1;
	#disposed = false;

	constructor(options: FolderPlansOptions) {
		this.folderUri = options.folderUri;
		this.#options = options;
		this.#prompts = new PromptFiles((uri) => this.exists(uri));
		this.#others = new ForeignPlans({
			read: (uri) => options.source.read(options.folderUri, uri),
			output: options.output,
			isMeant: (uri, text) => foreignAt(relativePath(options.folderUri, uri) ?? '', text) !== null,
		});
		this.#scan = new FolderScan({
			...options,
			store: this.#store,
			others: this.#others,
			read: (path) => this.#read(path),
		});
	}

	/** Searches the folder and reads what is new; a call during a scan has it repeated. Resolves when all is read. */
	scan(): Promise<void> {
		return this.#scan.run();
	}

	/** A file was written by anybody. In a place where no plan was, the whole folder is looked at: it may be skipped. */
	async fileWritten(uri: string): Promise<void> {
		const path = this.pathOf(uri);
		if (path === null) {
			return;
		}
		const place = planOf(this.folderUri, path);
		if (place === null || !this.#plans.has(planName(place.id))) {
			await this.scan();
			return;
		}
		await this.#read(path);
		this.#options.onChange();
	}

	/** A file in the place of another tool's plan was written: it is read if it is known, else looked for. */
	async otherWritten(uri: string): Promise<void> {
		if (this.#others.has(uri)) {
			await this.#others.add([uri]);
			this.#options.onChange();
		} else {
			await this.scan();
		}
	}

	/** The plan of another tool that a file belongs to; null when none was found in it. */
	otherId(uri: string): PlanId | null {
		return this.#others.idOf(uri);
	}

	/** True for a file in this folder where another tool keeps its plan. */
	isOtherPlace(uri: string): boolean {
		const path = relativePath(this.folderUri, uri);
		return path !== null && isForeignPlace(path) && !this.#options.isForeign(uri);
	}

	/** A file or a folder was deleted. */
	fileDeleted(uri: string): void {
		if (this.#others.forget(uri)) {
			this.#options.onChange();
		}
		for (const saved of this.#store.savedUris()) {
			if (saved === uri || saved.startsWith(`${uri}/`)) {
				this.#stamp(saved);
				this.#store.forgetSaved(saved);
				this.#options.onChange();
			}
		}
	}

	/** Any file came or went; plans may name it. */
	otherFile(uri: string, isThere: boolean): void {
		if (this.#prompts.changed(uri, isThere)) {
			this.#recheck = true;
			this.#options.onChange();
		}
	}

	setOpen(document: OpenText): void {
		const path = relativePath(this.folderUri, document.uri);
		if (path !== null) {
			this.#store.setOpen(path, document);
		}
	}

	/** The editor closed a text: what is on the disk counts again. */
	async forgetOpen(uri: string): Promise<void> {
		const path = relativePath(this.folderUri, uri);
		if (path !== null && this.#store.has(uri)) {
			await this.#read(path);
		}
		this.#store.forgetOpen(uri);
		this.#options.onChange();
	}

	/** Brings plans, diagnostics and views up to date with the texts. */
	refresh({ agents, force }: { readonly agents: readonly string[]; readonly force: boolean }): void {
		if (this.#disposed) {
			return;
		}
		this.#store.refresh();
		if (this.#grouped !== this.#store.generation) {
			this.#regroup();
			this.#grouped = this.#store.generation;
		}
		for (const plan of this.#plans.values()) {
			const parts = plan.group.files.map((uri) => this.#store.part(uri)).filter((part) => part !== null);
			const hasFile = this.#prompts.hasFile(plan.group.id.rootUri);
			const moved = this.#store.takeMoves(plan.group.files);
			plan.update(parts, { agents, force: force || this.#recheck, hasFile, moved });
			this.#lookForPrompts(plan);
		}
		this.#recheck = false;
		this.#others.refresh(agents);
	}

	sendAll(): void {
		for (const plan of this.#plans.values()) {
			plan.sendAll();
		}
		this.#others.sendAll();
	}

	/** What was read in one file, null when it belongs to no plan. */
	part(uri: string): PlanPart | null {
		return this.#store.part(uri);
	}

	/** The plan that a file belongs to, as of its last check. */
	lookup(uri: string): PlanLookup | null {
		const path = relativePath(this.folderUri, uri);
		const place = path === null ? null : planOf(this.folderUri, path);
		return place === null ? null : (this.#plans.get(planName(place.id))?.lookup ?? null);
	}

	lookups(): PlanLookup[] {
		return [...this.#plans.values()].flatMap(({ lookup }) => (lookup === null ? [] : [lookup]));
	}

	/** The text of a file that lies in this folder, as it is saved; null when it cannot be read. */
	async savedText(uri: string): Promise<string | null> {
		const found = await this.#options.source.read(this.folderUri, uri);
		return found.kind === 'text' ? found.text : null;
	}

	/** Whether a file of this folder exists; null where the source cannot say. */
	async exists(uri: string): Promise<boolean | null> {
		return (await this.#options.source.exists?.(this.folderUri, uri)) ?? null;
	}

	/** The path of a planning file in this folder; null for all other files. */
	pathOf(uri: string): string | null {
		const path = relativePath(this.folderUri, uri);
		const isPlanning = path !== null && planOf(this.folderUri, path) !== null && !isSkippedPath(path);
		return isPlanning && !this.#options.isForeign(uri) ? path : null;
	}

	dispose(): void {
		this.#disposed = true;
		for (const plan of this.#plans.values()) {
			plan.remove();
		}
		this.#plans.clear();
		this.#others.dispose();
		this.#scan.dispose();
	}

	async #read(path: string): Promise<void> {
		const uri = joinUri(this.folderUri, path);
		const stamp = this.#stamp(uri);
		const found = await this.#options.source.read(this.folderUri, uri);
		// Of two readings at once the one that began later has the newer text.
		if (!this.#disposed && this.#reads.get(uri) === stamp) {
			this.#store.setSaved(uri, path, found);
		}
	}

	#stamp(uri: string): number {
		const stamp = (this.#reads.get(uri) ?? 0) + 1;
		this.#reads.set(uri, stamp);
		return stamp;
	}

	#lookForPrompts(plan: LivePlan): void {
		const tasks = plan.takeFresh();
		if (tasks.length === 0) {
			return;
		}
		void this.#prompts.look(plan.group.id.rootUri, tasks).then((isMissing) => {
			if (isMissing && !this.#disposed) {
				this.#recheck = true;
				this.#options.onChange();
			}
		});
	}

	#regroup(): void {
		const groups = new Map(
			groupPlans(this.folderUri, this.#store.paths()).map((group) => [planName(group.id), group]),
		);
		for (const [name, plan] of this.#plans) {
			if (!groups.has(name)) {
				plan.remove();
				this.#plans.delete(name);
			}
		}
		for (const [name, group] of groups) {
			const plan = this.#plans.get(name) ?? new LivePlan(group, this.#options.output);
			plan.group = group;
			this.#plans.set(name, plan);
		}
	}
}

function planName(id: { readonly rootUri: string; readonly key: string }): string {
	return `${id.rootUri} ${id.key}`;
}
