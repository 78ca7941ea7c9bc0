import type { FileText } from '../core/plan/fileTree.ts';
import type { ForeignSet } from '../core/plan/foreign/foreignPlaces.ts';
import { groupForeign } from '../core/plan/foreign/foreignPlaces.ts';
import type { ForeignFormat } from '../core/plan/foreign/foreignPlan.ts';
import { partsInPlace } from '../core/plan/foreign/readInPlace.ts';
import type { PlanFile, PlanId } from '../core/plan/plan.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import type { PlanOutput } from './livePlan.ts';
import { LivePlan } from './livePlan.ts';

/** Files that are read at the same time. */
const width = 32;

/** Codes of what is no fault of a plan that is not ours: that it says nothing of how its tasks are run. */
const unasked: ReadonlySet<unknown> = new Set(['SY315', 'SY317']);

export interface ForeignPlansOptions {
	readonly read: (uri: string) => Promise<FileText>;
	readonly output: PlanOutput;
	/** Whether a text is a plan where it lies; without it every text of a known tool is one. */
	readonly isMeant?: (uri: string, text: string) => boolean;
	/** These plans were opened by hand, and may be closed again. */
	readonly areOpened?: boolean;
}

interface Shown {
	readonly plan: LivePlan;
	readonly files: readonly PlanFile[];
	readonly parts: readonly PlanPart[];
}

/** Plans of other tools, read in place as they are saved. They are shown and checked, and never edited. */
export class ForeignPlans {
	readonly #options: ForeignPlansOptions;
	readonly #files = new Map<string, PlanFile>();
	readonly #shown = new Map<string, Shown>();
	#isStale = false;

	constructor(options: ForeignPlansOptions) {
		this.#options = options;
	}

	has(uri: string): boolean {
		return this.#files.has(uri);
	}

	/** Takes these files, and only these, as they are now. */
	async take(uris: readonly string[]): Promise<void> {
		const wanted = new Set(uris);
		for (const uri of this.#files.keys()) {
			if (!wanted.has(uri)) {
				this.#files.delete(uri);
			}
		}
		await this.add(uris);
	}

	/** Reads files again, or for the first time. */
	async add(uris: readonly string[]): Promise<void> {
		for (let at = 0; at < uris.length; at += width) {
			await Promise.all(uris.slice(at, at + width).map((uri) => this.#read(uri)));
		}
		this.#isStale = true;
	}

	/** Forgets a file, or all files of a folder; true when there was one. */
	forget(uri: string): boolean {
		const gone = [...this.#files.keys()].filter((known) => known === uri || known.startsWith(`${uri}/`));
		for (const known of gone) {
			this.#files.delete(known);
		}
		this.#isStale ||= gone.length > 0;
		return gone.length > 0;
	}

	/** Brings plans, diagnostics and views up to date with what was read. */
	refresh(agents: readonly string[]): void {
		if (!this.#isStale) {
			return;
		}
		this.#isStale = false;
		const sets = new Map(groupForeign([...this.#files.values()]).map((set) => [nameOf(set.id), set]));
		for (const [name, { plan }] of this.#shown) {
			if (!sets.has(name)) {
				plan.remove();
				this.#shown.delete(name);
			}
		}
		for (const [name, set] of sets) {
			const shown = this.#show(this.#shown.get(name), set);
			this.#shown.set(name, shown);
			shown.plan.update(shown.parts, { agents, force: false });
		}
	}

	/** The plan that a file belongs to; null when it holds none. */
	idOf(uri: string): PlanId | null {
		const found = [...this.#shown.values()].find(({ files }) => files.some((file) => file.uri === uri));
		return found?.plan.group.id ?? null;
	}

	sendAll(): void {
		for (const { plan } of this.#shown.values()) {
			plan.sendAll();
		}
	}

	dispose(): void {
		for (const { plan } of this.#shown.values()) {
			plan.remove();
		}
		this.#shown.clear();
	}

	async #read(uri: string): Promise<void> {
		const found = await this.#options.read(uri);
		// What cannot be read is nothing to complain about: nobody said that it is a plan.
		if (found.kind === 'text' && (this.#options.isMeant?.(uri, found.text) ?? true)) {
			this.#files.set(uri, { uri, text: found.text });
		} else {
			this.#files.delete(uri);
		}
	}

	#show(shown: Shown | undefined, { id, form, format, files }: ForeignSet): Shown {
		const isSame =
			files.length === shown?.files.length && files.every((file, at) => file === shown.files[at]);
		if (shown !== undefined && isSame) {
			return shown;
		}
		const uris = files.map(({ uri }) => uri);
		const group = { id, form, files: uris };
		const plan = shown?.plan ?? new LivePlan(group, foreignOutput(this.#options, format));
		plan.group = group;
		return { plan, files, parts: partsInPlace(format, files) };
	}
}

/** Says of every update which tool wrote the plan, and leaves out what only plans of ours must hold. */
function foreignOutput(
	{ output, areOpened = false }: ForeignPlansOptions,
	foreign: ForeignFormat,
): PlanOutput {
	return {
		publish: ({ uri, diagnostics }) =>
			output.publish({ uri, diagnostics: diagnostics.filter(({ code }) => !unasked.has(code)) }),
		sendUpdate: (update) => output.sendUpdate({ ...update, foreign, ...(areOpened && { opened: true }) }),
	};
}

function nameOf({ rootUri, key }: PlanId): string {
	return `${rootUri} ${key}`;
}
