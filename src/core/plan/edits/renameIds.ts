import type { TextLines } from '../cursor/textLines.ts';
import type { IdOccurrence } from '../idOccurrences.ts';
import { IdOccurrences } from '../idOccurrences.ts';
import { baseName, joinUri, parentUri } from '../uris.ts';
import { idTextIn, writeLike } from './idText.ts';
import type { EditedPlan, FileChange, TextChange } from './textChange.ts';
import { editedText } from './textChange.ts';

export interface IdRenames {
	readonly kind: IdOccurrence['kind'];
	/** New ids by the old ones. They may be exchanged among each other. */
	readonly names: ReadonlyMap<string, string>;
	/** Every place of every id, where somebody has it already. */
	readonly ids?: IdOccurrences;
	/** Files that name ids without being read as part of the plan: its state file. */
	readonly stateFiles?: readonly string[];
}

/** Gives ids other names in every file of a plan, in its state files, and in the names of files that hold one item each. */
export async function renameIds(edited: EditedPlan, renames: IdRenames): Promise<FileChange[]> {
	const ids = renames.ids ?? new IdOccurrences(edited.parts);
	const edits = new Edits(edited);
	for (const [from, to] of renames.names) {
		for (const occurrence of ids.of(renames.kind, from)) {
			await edits.rename(occurrence, to);
		}
	}
	const states = edited.parts.filter(({ kind }) => kind === 'state').map(({ uri }) => uri);
	for (const uri of renames.kind === 'agent' ? [] : [...states, ...(renames.stateFiles ?? [])]) {
		await edits.renameWords(uri, renames.names);
	}
	// Names of files change first: some editors bring the changes of texts behind those of files anyway.
	const { moves, newUris } = fileRenames(edited, renames);
	return [
		...moves,
		...edits.changes().map((change) => ({ ...change, uri: newUris.get(change.uri) ?? change.uri })),
	];
}

class Edits {
	readonly #edited: EditedPlan;
	readonly #edits = new Map<string, TextChange[]>();
	readonly #lines = new Map<string, TextLines | null>();
	/** An anchored list is read once for each alias of it, and is still written once. */
	readonly #seen = new Set<string>();

	constructor(edited: EditedPlan) {
		this.#edited = edited;
	}

	changes(): FileChange[] {
		return [...this.#edits].map(([uri, edits]) => ({ kind: 'edit', uri, edits }));
	}

	async rename({ range, id }: IdOccurrence, to: string): Promise<void> {
		const { uri, start, end } = range;
		const place = `${uri} ${start.line} ${start.character}`;
		const line = start.line === end.line ? (await this.#linesOf(uri))?.line(start.line) : undefined;
		const found = line === undefined ? null : idTextIn(line, range, id);
		if (found !== null && !this.#seen.has(place)) {
			this.#seen.add(place);
			this.#add(uri, {
				range: {
					start: { line: start.line, character: found.start },
					end: { line: start.line, character: found.end },
				},
				newText: writeLike(found.quote, to, found.isInFlow),
			});
		}
	}

	/** Replaces ids as words: for files that Switchyard writes, in which an id is nothing else. */
	async renameWords(uri: string, names: ReadonlyMap<string, string>): Promise<void> {
		const lines = await this.#linesOf(uri);
		for (let line = 0; lines !== null && line < lines.count; line++) {
			for (const match of lines.line(line).matchAll(/[^\s"',:[\]{}#]+/g)) {
				const to = names.get(match[0]);
				if (to !== undefined) {
					const start = { line, character: match.index };
					const end = { line, character: match.index + match[0].length };
					this.#add(uri, { range: { start, end }, newText: to });
				}
			}
		}
	}

	#add(uri: string, edit: TextChange): void {
		const list = this.#edits.get(uri);
		if (list === undefined) {
			this.#edits.set(uri, [edit]);
		} else {
			list.push(edit);
		}
	}

	/** Each text is read once. */
	async #linesOf(uri: string): Promise<TextLines | null> {
		const known = this.#lines.get(uri);
		if (known !== undefined) {
			return known;
		}
		const lines = editedText(uri, await this.#edited.textOf(uri))?.lines ?? null;
		this.#lines.set(uri, lines);
		return lines;
	}
}

interface FileMoves {
	readonly moves: readonly FileChange[];
	/** What each of the files is called in the end. */
	readonly newUris: ReadonlyMap<string, string>;
}

/** Files of tasks and sprints that are alone in them and give them their names. */
function fileRenames({ parts }: EditedPlan, { kind, names }: IdRenames): FileMoves {
	const found: { uri: string; newUri: string }[] = [];
	for (const part of parts) {
		const [only, ...others] = [...part.tasks, ...part.sprints];
		const to = names.get(only?.id ?? '');
		const [, stem = '', ending = ''] = /^(.*?)(\.(?:yaml|yml|json))$/.exec(baseName(part.uri)) ?? [];
		if (part.kind === kind && others.length === 0 && to !== undefined && stem === only?.id) {
			found.push({ uri: part.uri, newUri: joinUri(parentUri(part.uri), `${to}${ending}`) });
		}
	}
	// Names that pass on to another file go through one that nobody has.
	const olds = new Set(found.map(({ uri }) => uri));
	const first = found.map(({ uri, newUri }) => ({
		uri,
		newUri: olds.has(newUri) ? `${newUri}.renamed` : newUri,
	}));
	const second = found
		.filter(({ newUri }) => olds.has(newUri))
		.map(({ newUri }) => ({ uri: `${newUri}.renamed`, newUri }));
	return {
		moves: [...first, ...second].map(({ uri, newUri }) => ({ kind: 'rename', uri, newUri })),
		newUris: new Map(found.map(({ uri, newUri }) => [uri, newUri])),
	};
}
