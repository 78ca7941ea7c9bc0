/** Notes in memory; what goes in and out is copied, so that nobody holds a kept note. */
export function store({ fields }) {
	const names = Object.keys(fields).map((name) => `'${name}'`);
	return `// Written by tools/generate.mjs from service.json.

const fieldNames = [${names.join(', ')}];

function pick(note) {
	return Object.fromEntries(fieldNames.filter((name) => note[name] !== undefined).map((name) => [name, note[name]]));
}

/** Keeps notes as long as the process lives. Numbers are never handed out twice. */
export class NoteStore {
	#notes = new Map();
	#last = 0;

	list() {
		return [...this.#notes.values()].map((note) => ({ ...note }));
	}

	get(id) {
		const note = this.#notes.get(id);
		return note === undefined ? undefined : { ...note };
	}

	add(note) {
		this.#last += 1;
		this.#notes.set(this.#last, { id: this.#last, ...pick(note) });
		return this.get(this.#last);
	}

	replace(id, note) {
		if (!this.#notes.has(id)) {
			return undefined;
		}
		this.#notes.set(id, { id, ...pick(note) });
		return this.get(id);
	}

	remove(id) {
		return this.#notes.delete(id);
	}
}
`;
}
