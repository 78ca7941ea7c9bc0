import type { IdGuess } from '../guessIds.ts';
import { guessIds, nameAsId } from '../guessIds.ts';
import { limitProblems } from '../limitProblems.ts';
import { maxText } from '../parseYaml.ts';
import type { Sprint, Task } from '../plan.ts';
import type { PlanFileKind } from '../planFiles.ts';
import type { Problem } from '../problem.ts';
import type { PlanPart } from '../readPart.ts';
import { readPart } from '../readPart.ts';
import type { Block } from './block.ts';
import type { BlockText } from './blockText.ts';
import { GuessedIds, ListReadings } from './listReadings.ts';
import type { BlockReading, Follower } from './readBlock.ts';
import type { FrameReading } from './readFrames.ts';
import { readFrames } from './readFrames.ts';

/** The lists at the top level of a file that are read item by item. */
export function listNamesOf(kind: PlanFileKind | null): readonly string[] {
	switch (kind) {
		case 'one-file':
			return ['tasks', 'sprints'];
		case 'task':
			return ['tasks'];
		default:
			return [];
	}
}

/**
 * What one file adds to a plan while it is edited. Only blocks that changed are read again; where a block cannot be read
 * alone the whole file is. What comes out is in every case what `readPart` gives for the text.
 */
export class LivePart {
	readonly #uri: string;
	readonly #kind: PlanFileKind;
	readonly #text: BlockText;
	readonly #tally = new Tally();
	#shape = -1;
	#tasks: ListReadings<Task> | null = null;
	#sprints: ListReadings<Sprint> | null = null;
	#frames: readonly Block[] = [];
	#frame: FrameReading | null = null;
	#isLive = false;

	constructor(uri: string, kind: PlanFileKind, text: BlockText) {
		this.#uri = uri;
		this.#kind = kind;
		this.#text = text;
	}

	/** True when places in what was read last move with the text. */
	get isLive(): boolean {
		return this.#isLive;
	}

	/** What the text says now. Never throws. */
	read(): PlanPart {
		const text = this.#text;
		if (text.lists.length === 0 || text.length > maxText) {
			return this.#readWhole();
		}
		this.#updateLists();
		if (
			this.#frames.length !== text.frames.length ||
			text.frames.some((frame, index) => frame !== this.#frames[index])
		) {
			this.#frames = text.frames;
			this.#frame = readFrames(this.#uri, this.#kind, text);
		}
		const frame = this.#frame;
		this.#isLive = true;
		return frame === null || this.#tally.unsure.size > 0 ? this.#readWhole() : this.#assemble(frame);
	}

	#readWhole(): PlanPart {
		this.#isLive = false;
		return readPart({ uri: this.#uri, text: this.#text.text }, this.#kind);
	}

	#updateLists(): void {
		const { lists, shape } = this.#text;
		if (shape !== this.#shape) {
			this.#shape = shape;
			this.#tally.clear();
			const uri = this.#uri;
			const tally = this.#tally;
			const tasks = lists.find(({ name }) => name === 'tasks');
			const sprints = lists.find(({ name }) => name === 'sprints');
			this.#tasks = tasks ? new ListReadings(tasks, { uri, tally, valuesOf: (read) => read.tasks }) : null;
			this.#sprints = sprints
				? new ListReadings(sprints, { uri, tally, valuesOf: (read) => read.sprints })
				: null;
		}
		for (const readings of [this.#tasks, this.#sprints]) {
			const last = this.#followerOf(readings === this.#tasks ? 'tasks' : 'sprints');
			readings?.update(last);
			for (const reading of [...this.#tally.unsure]) {
				// Another edit may have ended what ran on.
				if (reading.trust === 'open') {
					readings?.close(reading, last);
				}
			}
		}
	}

	#followerOf(name: string): Follower {
		const place = this.#text.lists.findIndex((list) => list.name === name);
		return this.#text.frames[place + 1]?.text === '' ? 'end' : 'key';
	}

	#assemble(frame: FrameReading): PlanPart {
		const complete = frame.complete && this.#tally.incomplete === 0;
		const problems: Problem[] = [...frame.problems];
		for (const reading of this.#tally.faulty) {
			for (const problem of reading.problems) {
				problems.push(problem);
			}
		}
		const taskEdition = this.#tasks?.takeEdition();
		return {
			uri: this.#uri,
			kind: this.#kind,
			header: none.header,
			agents: none.agents,
			agentNames: none.agentNames,
			tracks: none.tracks,
			...frame.content,
			sprints: this.#sprints?.values ?? frame.content.sprints ?? none.sprints,
			tasks: this.#tasks?.values ?? frame.content.tasks ?? none.tasks,
			...(taskEdition && { taskEdition }),
			start: frame.start,
			problems: limitProblems(problems),
			complete,
			likelyIds: complete ? none.likelyIds : this.#likelyIds(),
		};
	}

	/** The same object as long as the same ids are likely. */
	#likelyIds(): IdGuess {
		const frames = this.#frames.flatMap(({ text }) => guessIds(text));
		return this.#tally.likelyIds([nameAsId(this.#uri), ...frames]);
	}
}

const none = {
	header: {},
	agents: [],
	agentNames: [],
	tracks: [],
	sprints: [],
	tasks: [],
	likelyIds: new Set<string>(),
} as const satisfies Partial<PlanPart>;

/** What is to be known of all blocks together. */
class Tally {
	/** Blocks with problems. */
	readonly faulty = new Set<BlockReading>();
	/** Blocks that cannot be read alone. */
	readonly unsure = new Set<BlockReading>();
	incomplete = 0;
	readonly #all = new Set<BlockReading>();
	readonly #guessed = new GuessedIds();
	/** How often each likely id is written; null until somebody asks. */
	#counts: Map<string, number> | null = null;
	#guess: { readonly frames: string; readonly ids: IdGuess } | null = null;

	clear(): void {
		this.faulty.clear();
		this.unsure.clear();
		this.#all.clear();
		this.incomplete = 0;
		this.#counts = null;
		this.#guess = null;
	}

	enter(reading: BlockReading): void {
		this.#all.add(reading);
		this.#count(reading, 1);
		if (reading.problems.length > 0) {
			this.faulty.add(reading);
		}
		if (reading.trust !== 'sure') {
			this.unsure.add(reading);
		}
		if (!reading.complete) {
			this.incomplete++;
		}
	}

	leave(reading: BlockReading): void {
		this.#all.delete(reading);
		this.#count(reading, -1);
		this.faulty.delete(reading);
		this.unsure.delete(reading);
		if (!reading.complete) {
			this.incomplete--;
		}
	}

	likelyIds(others: readonly string[]): IdGuess {
		if (this.#counts === null) {
			this.#counts = new Map();
			for (const reading of this.#all) {
				this.#count(reading, 1);
			}
		}
		const counts = this.#counts;
		const frames = others.join('\n');
		if (this.#guess?.frames !== frames) {
			const more = new Set(others);
			this.#guess = { frames, ids: { has: (id) => more.has(id) || counts.has(id) } };
		}
		return this.#guess.ids;
	}

	#count(reading: BlockReading, by: 1 | -1): void {
		const counts = this.#counts;
		if (counts === null) {
			return;
		}
		for (const id of this.#guessed.of(reading)) {
			const count = (counts.get(id) ?? 0) + by;
			if (count === 0 || (by === 1 && count === 1)) {
				// An id came or went: whoever compares must see another object.
				this.#guess = null;
			}
			if (count === 0) {
				counts.delete(id);
			} else {
				counts.set(id, count);
			}
		}
	}
}
