import type { BlockText } from '../core/plan/blocks/blockText.ts';
import { LivePart } from '../core/plan/blocks/livePart.ts';
import type { FileText } from '../core/plan/fileTree.ts';
import { classify, isClaimed } from '../core/plan/planFiles.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import { readPart } from '../core/plan/readPart.ts';
import { toPlanFile } from '../core/plan/toPlanFile.ts';
import type { FileMove } from '../protocol/lsp.ts';

/** One planning file as it was last seen; its text is not kept, only what was read in it. */
interface StoredFile {
	readonly path: string;
	/** Null when the file is not a plan after all (a `plan.yaml` of another tool). */
	readonly part: PlanPart | null;
}

/** A text that an editor has open. */
export interface OpenText {
	readonly uri: string;
	readonly version: number;
	getText(): string;
	/** The text in blocks: the same object as long as the text is open. */
	readonly blocks: BlockText;
}

/** An open text with what was read in it. */
interface OpenFile {
	readonly document: OpenText;
	readonly path: string;
	/** Keeps what was read of parts that do not change; null for a file that is in no plan. */
	readonly live: LivePart | null;
	version: number;
	file: StoredFile | null;
	moves: readonly FileMove[] | null;
}

/**
 * What is known of the planning files of one folder: open texts over saved ones. A text is parsed once: saved files when
 * they are read, open ones when the plan is next asked for.
 */
export class PlanFileStore {
	readonly #saved = new Map<string, StoredFile>();
	readonly #open = new Map<string, OpenFile>();
	/** Files that were closed before anybody asked how places in them had moved. */
	readonly #untold = new Set<string>();
	/** Counts up when files came or went, so that whoever groups them knows when to do it again. */
	#generation = 0;

	get generation(): number {
		return this.#generation;
	}

	/** Paths of all files that are part of some plan. */
	paths(): string[] {
		const found = new Set<string>();
		for (const [uri, { path, part }] of this.#saved) {
			if (part !== null && !this.#open.has(uri)) {
				found.add(path);
			}
		}
		for (const uri of this.#open.keys()) {
			const file = this.#openFile(uri);
			if (file !== null && file.part !== null) {
				found.add(file.path);
			}
		}
		return [...found];
	}

	has(uri: string): boolean {
		return this.#saved.has(uri) || this.#open.has(uri);
	}

	savedUris(): string[] {
		return [...this.#saved.keys()];
	}

	part(uri: string): PlanPart | null {
		return (this.#openFile(uri) ?? this.#saved.get(uri))?.part ?? null;
	}

	/**
	 * How places that were read once moved in open texts since the last call; null where that is not known, so that all are
	 * to be compared.
	 */
	takeMoves(uris: readonly string[]): readonly FileMove[] | null {
		const isKnown = this.#open.size + this.#untold.size === 0;
		const wanted = new Set(isKnown ? [] : uris);
		let all: readonly FileMove[] | null = [];
		for (const uri of this.#untold) {
			if (wanted.has(uri)) {
				all = null;
				this.#untold.delete(uri);
			}
		}
		for (const [uri, open] of this.#open) {
			if (wanted.has(uri)) {
				all = all && open.moves && [...all, ...open.moves];
				open.moves = [];
			}
		}
		return all;
	}

	/** Takes what reading a saved file gave. */
	setSaved(uri: string, path: string, found: FileText): void {
		const file = toPlanFile(uri, found);
		const before = this.#saved.get(uri)?.part ?? null;
		if (file === null) {
			this.#saved.delete(uri);
		} else {
			this.#saved.set(uri, { path, part: readClaimed(path, file) });
		}
		this.#noteChange(before, this.#saved.get(uri)?.part ?? null);
	}

	forgetSaved(uri: string): void {
		if (this.#saved.delete(uri)) {
			this.#generation++;
		}
	}

	/** Takes a text that was opened or changed. It is parsed when it is next needed. */
	setOpen(path: string, document: OpenText): void {
		const known = this.#open.get(document.uri);
		if (known === undefined) {
			this.#generation++;
		}
		const kind = classify(path);
		const isSame = known !== undefined && known.document.blocks === document.blocks;
		if (!isSame) {
			this.#noteUntold(document.uri);
		}
		const live = kind === null ? null : new LivePart(document.uri, kind, document.blocks);
		this.#open.set(document.uri, {
			...{ document, path, version: -1, file: known?.file ?? null },
			live: isSame ? known.live : live,
			moves: isSame ? known.moves : [],
		});
	}

	forgetOpen(uri: string): void {
		this.#noteUntold(uri);
		if (this.#open.delete(uri)) {
			this.#generation++;
		}
	}

	/** Parses every open text that changed. Called before `generation` is looked at, since a text may cease to be a plan. */
	refresh(): void {
		for (const uri of this.#open.keys()) {
			this.#openFile(uri);
		}
	}

	#openFile(uri: string): StoredFile | null {
		const open = this.#open.get(uri);
		if (open === undefined) {
			return null;
		}
		if (open.version !== open.document.version || open.file === null) {
			const before = open.file?.part ?? null;
			const isPlan = isClaimedText(open.path, open.document.blocks);
			const wasLive = open.live?.isLive === true;
			open.file = { path: open.path, part: isPlan ? (open.live?.read() ?? null) : null };
			// Only what was read block by block moves with its blocks.
			const taken = open.document.blocks.takeMoves();
			const moves = wasLive ? taken : [];
			open.moves = open.moves && moves && [...open.moves, ...moves.map((move) => ({ uri, ...move }))];
			open.version = open.document.version;
			this.#noteChange(before, open.file.part);
		}
		return open.file;
	}

	#noteUntold(uri: string): void {
		const open = this.#open.get(uri);
		if (open !== undefined && (open.moves?.length !== 0 || open.version !== open.document.version)) {
			this.#untold.add(uri);
		}
	}

	#noteChange(before: PlanPart | null, after: PlanPart | null): void {
		if ((before === null) !== (after === null)) {
			this.#generation++;
		}
	}
}

/** Whether an open text is a plan: what its lists hold need not be looked at. */
function isClaimedText(path: string, blocks: BlockText): boolean {
	const frames = blocks.frames.map(({ text }) => text).join('');
	return blocks.lists.some(({ name }) => name === 'tasks') || isClaimed(path, frames);
}

function readClaimed(path: string, file: Parameters<typeof readPart>[0]): PlanPart | null {
	const kind = classify(path);
	return kind !== null && isClaimed(path, file.text) ? readPart(file, kind) : null;
}
