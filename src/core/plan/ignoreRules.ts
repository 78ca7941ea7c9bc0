import type { Ignore } from 'ignore';
import ignore from 'ignore';

/** What a path is, for rules that speak of folders only. */
export type IgnoredKind = 'file' | 'folder';

interface Layer {
	/** The folder of the file with the rules, relative to the top; empty for the top itself. */
	readonly folder: string;
	readonly rules: Ignore;
}

/**
 * The rules of `.gitignore` files from the top down to one folder. As in git the innermost file that speaks of a path
 * decides. Rules that cannot be understood are passed over.
 */
export class IgnoreRules {
	readonly #layers: readonly Layer[];

	constructor(layers: readonly Layer[] = []) {
		this.#layers = layers;
	}

	/** These rules and those of one more file. */
	with(folder: string, text: string): IgnoreRules {
		try {
			const rules = ignore().add(text.replace(/^\uFEFF/, ''));
			return new IgnoreRules([...this.#layers, { folder, rules }]);
		} catch {
			return this;
		}
	}

	/** Whether git would ignore a path; that a folder above it is ignored is for whoever walks to see. */
	ignores(path: string, kind: IgnoredKind): boolean {
		for (const { folder, rules } of this.#layers.toReversed()) {
			const below = folder === '' ? path : path.slice(folder.length + 1);
			const verdict = ignore.isPathValid(below)
				? rules.test(kind === 'folder' ? `${below}/` : below)
				: { ignored: false, unignored: false };
			if (verdict.ignored || verdict.unignored) {
				return verdict.ignored;
			}
		}
		return false;
	}
}
