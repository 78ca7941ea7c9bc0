import { expect } from 'vitest';
import { BlockText } from '../../src/core/plan/blocks/blockText.ts';
import { listNamesOf } from '../../src/core/plan/blocks/livePart.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { PlanGroup } from '../../src/core/plan/planFiles.ts';
import { classify, groupPlans } from '../../src/core/plan/planFiles.ts';
import type { Problem } from '../../src/core/plan/problem.ts';
import type { PlanPart } from '../../src/core/plan/readPart.ts';
import { readPart } from '../../src/core/plan/readPart.ts';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import { applyPlanUpdate } from '../../src/host/plans/applyPlanUpdate.ts';
import type { PlanModel } from '../../src/host/plans/planModel.ts';
import type { PlanUpdate } from '../../src/protocol/lsp.ts';
import { PlanLookup } from '../../src/server/features/planLookup.ts';
import { LivePlan } from '../../src/server/livePlan.ts';
import { planDelta } from '../../src/server/planDelta.ts';
import { PlanFileStore } from '../../src/server/planFileStore.ts';
import { toPlanViews } from '../../src/server/planViews.ts';
import { TaskPlaces } from '../../src/server/taskPlaces.ts';
import type { Step } from './textEdits.ts';
import { EditedText } from './textEdits.ts';

const root = 'file:///w';

/** Prompts are looked for in the folder; which of them are there is known by their names here. */
const hasFile = (path: string) => path.endsWith('.md');

/** As another process gets it. */
function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}

/** Compares what another process would get; by its text first, since that is quick. */
function expectSame(found: unknown, wanted: unknown): void {
	if (JSON.stringify(found) !== JSON.stringify(wanted)) {
		expect(plain(found)).toEqual(plain(wanted));
	}
}

/** What views have of a plan, in their order. */
function modelOf(model: PlanModel | undefined): unknown {
	return model && { ...model, version: 0, tasks: [...model.tasks], sprints: [...model.sprints] };
}

/** One file: its text, and its blocks while an editor has it open. */
interface EditedFile {
	readonly uri: string;
	readonly edited: EditedText;
	blocks: BlockText | null;
	version: number;
}

/** One plan whose files are edited in turn, from their texts to what the views are told. Paths are relative to the folder. */
export class PlanUnderEdit {
	readonly #files = new Map<string, EditedFile>();
	readonly #store = new PlanFileStore();
	#group: PlanGroup | undefined;
	#live: LivePlan | undefined;
	#shown: PlanModel | undefined;
	#whole: PlanModel | undefined;

	/** All files are saved, and none is open. */
	constructor(files: Readonly<Record<string, string>>) {
		for (const [path, text] of Object.entries(files)) {
			const edited = new EditedText(text);
			this.#files.set(path, { uri: `${root}/${path}`, edited, blocks: null, version: 0 });
			this.#save(path);
		}
	}

	get paths(): string[] {
		return [...this.#files.keys()];
	}

	/** Opens a file in the editor; one that is open is left as it is. */
	open(path: string): void {
		const file = this.#file(path);
		const kind = classify(path);
		if (file.blocks !== null || kind === 'summary' || kind === null) {
			return;
		}
		const blocks = new BlockText(file.edited.text, listNamesOf(kind));
		file.blocks = blocks;
		file.version++;
		this.#store.setOpen(path, {
			uri: file.uri,
			blocks,
			get version() {
				return file.version;
			},
			getText: () => blocks.text,
		});
	}

	/** Edits a file in the editor, or on the disk while it is not open. */
	edit(path: string, step: Step): void {
		const file = this.#file(path);
		const edit = file.edited.take(step);
		if (file.blocks === null) {
			this.#save(path);
			return;
		}
		file.blocks.edit(edit);
		file.version++;
		expect(file.blocks.text).toBe(file.edited.text);
		expect(file.blocks.length).toBe(file.edited.text.length);
	}

	/** Saves a file and closes its editor. */
	close(path: string): void {
		const file = this.#file(path);
		this.#save(path);
		file.blocks = null;
		this.#store.forgetOpen(file.uri);
	}

	/** Writes a copy of a file under another name; a file that is there stays as it is. */
	copy(path: string, name: string): void {
		const known = this.#files.get(name);
		if (known === undefined) {
			const edited = new EditedText(this.#file(path).edited.text);
			this.#files.set(name, { uri: `${root}/${name}`, edited, blocks: null, version: 0 });
			this.#save(name);
		}
	}

	/** Deletes a file, also from an editor that has it open. */
	remove(path: string): void {
		const { uri } = this.#file(path);
		this.#files.delete(path);
		this.#store.forgetSaved(uri);
		this.#store.forgetOpen(uri);
	}

	/** What the server does when somebody wants to know (`FolderPlans.refresh`). */
	refresh(): void {
		this.#store.refresh();
		this.#regroup();
		if (this.#group === undefined || this.#live === undefined) {
			return;
		}
		const { files } = this.#group;
		const parts = files.map((uri) => this.#store.part(uri)).filter((part) => part !== null);
		const moved = this.#store.takeMoves(files);
		this.#live.update(parts, { agents: [], force: false, hasFile, moved });
	}

	/** Everything that was found out bit by bit equals what is found out at once. */
	compare(): void {
		const [group, live] = [this.#group, this.#live];
		if (group === undefined || live === undefined) {
			expect(this.#shown).toBeUndefined();
			return;
		}
		const byUri = new Map([...this.#files.values()].map(({ uri, edited }) => [uri, edited.text]));
		const files = group.files.map((uri) => ({ uri, text: byUri.get(uri) ?? '' }));
		const { plan, problems } = readPlan(group.id, files, { hasFile });
		const { lookup } = live;
		expectSame(lookup?.plan, plan);
		expectSame(lookup?.problems, problems);
		live.sendAll();
		expectSame(modelOf(this.#shown), modelOf(this.#whole));
		this.#shown = this.#whole;
		if (lookup !== null) {
			const parts = files.map((file) =>
				readPart(file, classify(file.uri.slice(root.length + 1)) ?? 'one-file'),
			);
			this.#compareViews(group, { plan, problems, parts });
			compareLookups(lookup, new PlanLookup({ plan, parts, problems, agents: [] }));
		}
	}

	/** What views have is what somebody would be told who opens the plan now. */
	#compareViews(
		group: PlanGroup,
		{
			plan,
			problems,
			parts,
		}: { readonly plan: Plan; readonly problems: readonly Problem[]; readonly parts: readonly PlanPart[] },
	): void {
		const after = toPlanViews(plan, problems, { places: new TaskPlaces(parts) });
		const all = planDelta(group, { before: null, after, version: 0 });
		const model = all === null ? undefined : applyPlanUpdate(undefined, plain(all) as PlanUpdate);
		expectSame(modelOf(this.#whole), modelOf(model));
	}

	#regroup(): void {
		const [group] = groupPlans(root, this.#store.paths());
		if (group === undefined) {
			this.#live?.remove();
			this.#live = undefined;
		} else {
			this.#live ??= new LivePlan(group, {
				publish: () => {},
				sendUpdate: (update) => this.#take(plain(update) as PlanUpdate),
			});
			this.#live.group = group;
		}
		this.#group = group;
	}

	#take(update: PlanUpdate): void {
		if (update.removed) {
			this.#whole = undefined;
			this.#shown = undefined;
		} else if (update.reset) {
			this.#whole = applyPlanUpdate(undefined, update);
			this.#shown ??= this.#whole;
		} else {
			this.#shown = applyPlanUpdate(this.#shown, update);
		}
	}

	#save(path: string): void {
		const { uri, edited } = this.#file(path);
		this.#store.setSaved(uri, path, { kind: 'text', text: edited.text });
	}

	#file(path: string): EditedFile {
		const file = this.#files.get(path);
		if (file === undefined) {
			throw new Error(`there is no ${path}`);
		}
		return file;
	}
}

function compareLookups(lookup: PlanLookup, anew: PlanLookup): void {
	expectSame(lookup.agents, anew.agents);
	for (const [index, part] of anew.parts.entries()) {
		// Of things with one id the plan has only the first, its parts have all.
		expectSame(lookup.parts[index]?.tasks, part.tasks);
		expectSame(lookup.parts[index]?.sprints, part.sprints);
	}
	for (const task of anew.plan.tasks) {
		expectSame(lookup.standingOf(task.id), anew.standingOf(task.id));
		expectSame(lookup.sprintOf(task.id), anew.sprintOf(task.id));
		expectSame(lookup.waitersOf(task.id), anew.waitersOf(task.id));
		expectSame(lookup.tasks.get(task.id), task);
		const { start, uri } = task.dependencies[0]?.range ?? task.idRange;
		expectSame(lookup.ids.at(uri, start), anew.ids.at(uri, start));
	}
	for (const sprint of anew.plan.sprints) {
		expectSame(lookup.sprints.get(sprint.id), sprint);
	}
}
