import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { GitPlace } from '../../core/evidence/evidenceInput.ts';
import { gitPlace } from './gitPlace.ts';

/** A thousand short tasks must not start three thousand git processes: while nothing tells otherwise, so old an answer holds. */
const longestAgeMs = 5_000;

/** What git writes with every commit, checkout and staging. */
const witnesses = ['HEAD', 'logs/HEAD', 'index'];

/** At which commit the folder of a run stands: asked again as soon as git has written something there (FORMATS 2.3, D7). */
export class GitPlaces {
	#last: { readonly at: number; readonly seen: string; readonly place: Promise<GitPlace> } | null = null;

	/** Never rejects: without git or a repository the answer is that there is none. */
	placeOf(rootPath: string): Promise<GitPlace> {
		const seen = stampOf(rootPath);
		const now = performance.now();
		if (this.#last === null || this.#last.seen !== seen || now - this.#last.at > longestAgeMs) {
			this.#last = {
				at: now,
				seen,
				place: seen === '' ? Promise.resolve({ kind: 'none' }) : gitPlace(rootPath),
			};
		}
		return this.#last.place;
	}
}

/** Differs whenever git has written; empty where the folder belongs to no repository. */
function stampOf(rootPath: string): string {
	const folder = gitFolderOf(rootPath);
	if (folder === null) {
		return '';
	}
	const stamps = witnesses.map((name) => {
		const found = statSync(join(folder, name), { throwIfNoEntry: false });
		return found === undefined ? '-' : `${found.mtimeMs}/${found.size}/${found.ino}`;
	});
	return [folder, ...stamps].join(' ');
}

/** The folder that holds HEAD: `.git`, or what a file of that name leads to in a worktree. Null outside of repositories. */
function gitFolderOf(rootPath: string): string | null {
	for (let folder = rootPath; ; folder = dirname(folder)) {
		const place = join(folder, '.git');
		if (existsSync(place)) {
			return followed(place);
		}
		if (dirname(folder) === folder) {
			return null;
		}
	}
}

function followed(place: string): string {
	try {
		const text = readFileSync(place, 'utf8');
		return resolve(dirname(place), /^gitdir: (.+)$/m.exec(text)?.[1] ?? place);
	} catch {
		// It is a folder.
		return place;
	}
}
