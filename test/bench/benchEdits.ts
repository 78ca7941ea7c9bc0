import { BlockText } from '../../src/core/plan/blocks/blockText.ts';
import { listNamesOf } from '../../src/core/plan/blocks/livePart.ts';
import { LivePlan } from '../../src/server/livePlan.ts';
import { PlanFileStore } from '../../src/server/planFileStore.ts';
import { linesOfTask, planText } from './planText.ts';

const path = 'bench.plan.yaml';
const uri = `file:///w/${path}`;
const group = { id: { rootUri: 'file:///w', key: 'bench' }, form: 'file' as const, files: [uri] };

/** What typing does to a task: a letter in its name, an empty line, a digit of its estimate, a dependency. */
const edits = [
	{ name: 'a letter', line: 1, character: 14, text: 'x' },
	{ name: 'a line', line: 0, character: 0, text: '\n' },
	{ name: 'an estimate', line: 3, character: 21, text: '1' },
	{ name: 'a dependency', line: 4, character: 19, text: 'TASK-3, ' },
] as const;

/** What is measured of an edit: what follows every one, and the answer to whoever asks for layer and slack next. */
const parts = ['', ', then layer and slack'] as const;

/** One edit within the server, from the text to diagnostics and views: medians for plans of several sizes. */
export async function benchEdits(sizes: readonly number[]): Promise<void> {
	const rows = new Map<string, number[]>();
	for (const size of [Math.min(...sizes), ...sizes]) {
		const typing = new Typing(planText(size).text);
		for (const edit of edits) {
			const times = timesOf(typing, edit, size);
			for (const [index, part] of parts.entries()) {
				const row = rows.get(`${edit.name}${part}`) ?? [];
				row.push(median(times.map((each) => each[index] ?? Number.NaN)));
				rows.set(`${edit.name}${part}`, row);
			}
		}
	}
	const lines = [...rows].map(([name, [, ...medians]]) => {
		const cells = medians.map((ms) => `${ms.toFixed(3)} ms`.padStart(12)).join('');
		return `  ${name.padEnd(36)}${cells}   ${((medians.at(-1) ?? 0) / (medians[0] ?? 1)).toFixed(2)}`;
	});
	const title = `One edit in the server, ${sizes.join(', ')} tasks; the last column is last to first`;
	process.stdout.write(`${title}\n${lines.join('\n')}\n\n`);
}

/** The times of the parts of many edits, each undone at once: what counts is the plan as it is, not one that grows. */
function timesOf(typing: Typing, edit: (typeof edits)[number], size: number): (readonly number[])[] {
	const { text } = edit;
	const lines = text === '\n' ? 1 : 0;
	return Array.from({ length: 60 }, (_, round) => {
		const at = { line: ((round * 7_919) % size) * linesOfTask + 2 + edit.line, character: edit.character };
		const end = { line: at.line + lines, character: lines ? 0 : at.character + text.length };
		return [typing.edit(at, at, text), typing.edit(at, end, '')];
	}).flat();
}

function median(list: readonly number[]): number {
	return [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
}

class Typing {
	readonly #blocks: BlockText;
	readonly #store = new PlanFileStore();
	readonly #live = new LivePlan(group, { publish: () => {}, sendUpdate: (update) => JSON.stringify(update) });
	#version = 0;

	constructor(text: string) {
		this.#blocks = new BlockText(text, listNamesOf('one-file'));
		const typing = this;
		this.#store.setOpen(path, {
			uri,
			blocks: this.#blocks,
			get version() {
				return typing.#version;
			},
			getText: () => this.#blocks.text,
		});
		this.#refresh();
	}

	/** Milliseconds from the edit to all that is shown of it, and from there to layer and slack of a task. */
	edit(
		start: { line: number; character: number },
		end: { line: number; character: number },
		text: string,
	): readonly number[] {
		const begin = performance.now();
		this.#blocks.edit({ range: { start, end }, text });
		this.#version++;
		this.#refresh();
		const told = performance.now();
		this.#live.lookup?.standingOf('TASK-1');
		return [told - begin, performance.now() - told];
	}

	#refresh(): void {
		const part = this.#store.part(uri);
		const moved = this.#store.takeMoves([uri]);
		this.#live.update(part === null ? [] : [part], { agents: [], force: false, moved });
		this.#live.takeFresh();
	}
}
