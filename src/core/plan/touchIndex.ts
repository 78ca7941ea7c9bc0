import picomatch from 'picomatch';
import type { SourceRange } from './plan.ts';

/** One pattern under `touches` of one task. */
export interface Touch {
	/** Number of the task in its plan. */
	readonly task: number;
	readonly level: number;
	readonly pattern: string;
	readonly range: SourceRange;
}

/** Patterns of one kind, sorted by the level of their tasks. */
interface Shelf {
	readonly touches: Touch[];
	/** Of each pattern: whether a path without wildcards matches it. */
	readonly matches?: (path: string) => boolean;
}

/** Neighbours on a shelf that are looked at: those of about the same level are the likeliest to run at the same time. */
const reach = 3;

/** Finds patterns that surely name a common file, without comparing all with all: by the folders they begin with. */
export class TouchIndex {
	readonly #same = new Map<string, Shelf>();
	/** Patterns for everything below a folder, by that folder. */
	readonly #below = new Map<string, Shelf>();
	/** Other patterns with wildcards, by the folder they begin with and their text. */
	readonly #wild = new Map<string, Map<string, Shelf>>();

	constructor(touches: readonly Touch[]) {
		for (const touch of [...touches].sort((a, b) => a.level - b.level)) {
			const { pattern } = touch;
			const base = baseOf(pattern);
			shelf(this.#same, pattern).touches.push(touch);
			if (isWhole(pattern)) {
				shelf(this.#below, base).touches.push(touch);
			} else if (base !== pattern) {
				const group = this.#wild.get(base) ?? new Map<string, Shelf>();
				this.#wild.set(base, group);
				const found: Shelf = group.get(pattern) ?? {
					touches: [],
					matches: picomatch(pattern, { dot: true }),
				};
				group.set(pattern, found);
				found.touches.push(touch);
			}
		}
	}

	/** Some patterns of other tasks that surely overlap with one. */
	*overlapping(touch: Touch): Generator<Touch> {
		const { pattern } = touch;
		yield* near(this.#same.get(pattern), touch);
		const base = baseOf(pattern);
		for (const folder of foldersOf(base)) {
			yield* near(this.#below.get(folder), touch);
			if (base === pattern) {
				// A few patterns for each folder: more would make long lists of them slow.
				for (const found of [...(this.#wild.get(folder)?.values() ?? [])].slice(0, 8)) {
					if (found.matches?.(pattern)) {
						yield* near(found, touch);
					}
				}
			}
		}
	}
}

/** A pattern as it is compared: without `./` before and `/` after it. */
export function plainPattern(pattern: string): string {
	return pattern
		.trim()
		.replaceAll('\\', '/')
		.replace(/^(\.\/)+/, '')
		.replace(/\/+$/, '');
}

/** The folders of a pattern before its first wildcard; the whole of it where it has none. */
function baseOf(pattern: string): string {
	const wild = pattern.search(/[*?[\]{}()!+@]/);
	return wild < 0 ? pattern : pattern.slice(0, Math.max(0, pattern.lastIndexOf('/', wild)));
}

function isWhole(pattern: string): boolean {
	const base = baseOf(pattern);
	const rest = base === '' ? pattern : pattern.slice(base.length + 1);
	return rest === '**' || rest === '**/*';
}

/** A path and every folder above it, to the root: `a/b`, `a`, ``. */
function* foldersOf(path: string): Generator<string> {
	for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
		yield at;
	}
	yield '';
}

function shelf(shelves: Map<string, Shelf>, key: string): Shelf {
	const found = shelves.get(key) ?? { touches: [] };
	shelves.set(key, found);
	return found;
}

function* near(found: Shelf | undefined, { task, level }: Touch): Generator<Touch> {
	const touches = found?.touches ?? [];
	let low = 0;
	let high = touches.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((touches[middle]?.level ?? 0) < level) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	for (const touch of touches.slice(Math.max(0, low - reach), low + reach)) {
		if (touch.task !== task) {
			yield touch;
		}
	}
}
