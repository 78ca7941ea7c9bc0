import type { NewTask } from '../plan/edits/addTask.ts';
import { addTask } from '../plan/edits/addTask.ts';
import type { DependencyChange } from '../plan/edits/changeDependency.ts';
import { changeDependency } from '../plan/edits/changeDependency.ts';
import type { EditedPlan, FileChange as PlanEdit } from '../plan/edits/textChange.ts';
import { applyChanges } from '../plan/edits/textChange.ts';
import type { Plan, PlanFile, PlanId } from '../plan/plan.ts';
import type { ReadOptions } from '../plan/planChecks.ts';
import type { Problem } from '../plan/problem.ts';
import type { PlanPart } from '../plan/readPart.ts';
import { readPart } from '../plan/readPart.ts';
import { checkParts, kindOf } from '../plan/readPlan.ts';
import { joinUri } from '../plan/uris.ts';
import type { FileChange } from '../schedule/files/fileChange.ts';
import { changeOf } from '../schedule/files/fileChange.ts';
import { planMap, setNumber, taskMap } from './setNumber.ts';

/**
 * Files of a plan while a proposal is made of them: edits that keep every other byte, one after another, each on what the
 * one before left. A mark made before can be gone back to, so that an edit that brings an error leaves nothing behind.
 */
export class PlanDraft {
	readonly #id: PlanId;
	readonly #options: ReadOptions;
	readonly #before: ReadonlyMap<string, PlanFile>;
	#files: ReadonlyMap<string, PlanFile>;
	/** Parts by the very texts they were read from: an edit reads again what it changed. */
	readonly #parts = new WeakMap<PlanFile, PlanPart>();
	#reading: { readonly plan: Plan; readonly problems: readonly Problem[] } | null = null;

	constructor(id: PlanId, files: readonly PlanFile[], options: ReadOptions = {}) {
		this.#id = id;
		this.#options = options;
		this.#before = new Map(files.map((file) => [file.uri, file]));
		this.#files = this.#before;
	}

	get plan(): Plan {
		return this.#read().plan;
	}

	/** Errors of the plan as it is now, as sentences with their place. */
	get errors(): readonly Problem[] {
		return this.#read().problems.filter(({ severity }) => severity === 'error');
	}

	/** Goes back to how the files were when this was called. */
	mark(): () => void {
		const files = this.#files;
		return () => {
			this.#files = files;
			this.#reading = null;
		};
	}

	/** Adds a task; returns why that cannot be, else null. */
	async addTask(task: NewTask): Promise<string | null> {
		const done = await addTask(this.#edited(), task);
		return 'fault' in done ? done.fault : this.#take(done.changes);
	}

	async changeDependency(change: DependencyChange): Promise<string | null> {
		const done = await changeDependency(this.#edited(), change);
		return 'fault' in done ? done.fault : this.#take(done);
	}

	setPriority(task: string, value: number): string | null {
		const uri = this.plan.tasks.find(({ id }) => id === task)?.range.uri;
		const file = uri === undefined ? undefined : this.#files.get(uri);
		const text = file === undefined ? null : setNumber(file.text, taskMap(task), { key: 'priority', value });
		if (file === undefined || text === null) {
			return `The priority of \`${task}\` is written in a way that cannot be changed by itself.`;
		}
		this.#put({ ...file, text });
		return null;
	}

	/** Writes the plan's version into its head, which a plan in a folder may get for it. Null, or why not. */
	setVersion(value: number): string | null {
		const edit = { key: 'version', value };
		for (const file of this.#files.values()) {
			const text = this.#isHead(file.uri) ? setNumber(file.text, planMap, edit) : null;
			if (text !== null) {
				this.#put({ ...file, text });
				return null;
			}
		}
		const uri = joinUri(this.#id.rootUri, 'docs/planning/switchyard.yaml');
		const known = this.#files.get(uri);
		if (this.plan.form !== 'folder' || (known !== undefined && /^plan\s*:/m.test(known.text))) {
			return 'The plan has no `plan:` with fields to write its version into. Write `plan: {name: …, version: 1}` at its top.';
		}
		const end = known === undefined || known.text === '' || known.text.endsWith('\n') ? '' : '\n';
		this.#put({ uri, text: `${known?.text ?? ''}${end}plan:\n  version: ${value}\n` });
		return null;
	}

	/** What has to be written so that the files are as in this draft. */
	changes(): FileChange[] {
		return [...this.#files.values()].flatMap(({ uri, text }) => {
			const before = this.#before.get(uri)?.text ?? null;
			return changeOf({ uri, kind: before === null ? 'new' : 'overwrite', before, after: text });
		});
	}

	#isHead(uri: string): boolean {
		return this.plan.form === 'file' || uri.endsWith('/switchyard.yaml');
	}

	#take(edits: readonly PlanEdit[]): string | null {
		for (const edit of edits) {
			if (edit.kind === 'create') {
				if (this.#files.has(edit.uri)) {
					return `There is a file ${edit.uri} already.`;
				}
				this.#put({ uri: edit.uri, text: edit.text });
			} else if (edit.kind === 'edit') {
				const file = this.#files.get(edit.uri);
				if (file === undefined) {
					return `${edit.uri} is no file of the plan.`;
				}
				this.#put({ ...file, text: applyChanges(file.text, edit.edits) });
			}
		}
		return null;
	}

	#put(file: PlanFile): void {
		this.#files = new Map([...this.#files, [file.uri, file]]);
		this.#reading = null;
	}

	#edited(): EditedPlan {
		return {
			plan: this.plan,
			parts: this.#allParts(),
			textOf: async (uri) => this.#files.get(uri)?.text ?? null,
		};
	}

	#allParts(): PlanPart[] {
		return [...this.#files.values()].map((file) => {
			const part = this.#parts.get(file) ?? readPart(file, kindOf(this.#id, file.uri));
			this.#parts.set(file, part);
			return part;
		});
	}

	#read() {
		this.#reading ??= checkParts(this.#id, this.#allParts(), this.#options);
		return this.#reading;
	}
}
