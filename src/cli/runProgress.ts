import type { AttemptState, TaskState } from '../core/run/runState.ts';
import { costNews, costsOf } from '../core/run/spending.ts';
import { progressOf } from '../core/run/summarise.ts';
import type { RunOutcome } from '../engine/run/runOutcome.ts';
import type { StartedRun } from '../engine/run/startRun.ts';

export interface RunProgressOptions {
	readonly started: StartedRun;
	readonly out: NodeJS.WriteStream;
}

/** One plain line for everything that happens: readable in a terminal, in a log of CI, and by a screen reader. */
export class RunProgress {
	readonly #started: StartedRun;
	readonly #out: NodeJS.WriteStream;
	readonly #shown = new Map<string, string>();
	readonly #beganAt = Date.now();

	constructor({ started, out }: RunProgressOptions) {
		this.#started = started;
		this.#out = out;
	}

	begin(): void {
		const { id, joined, scope, reopened } = this.#started;
		const table = this.#started.table();
		for (const state of table?.tasks.values() ?? []) {
			this.#shown.set(state.task.id, statusKey(state));
		}
		const again = new Set(reopened);
		const done = scope.tasks.filter(
			(task) => !again.has(task) && table?.tasks.get(task)?.status === 'completed',
		).length;
		this.say(`${joined ? 'Joined' : 'Started'} ${id}: ${scope.label}, ${plural(scope.tasks.length, 'task')}`);
		if (done > 0) {
			this.say(`${plural(done, 'task')} completed before: skipped`);
		}
		for (const problem of this.#started.problems()) {
			this.say(`warning: ${problem}`);
		}
	}

	show(tasks: ReadonlySet<string>): void {
		const table = this.#started.table();
		for (const id of tasks) {
			const state = table?.tasks.get(id);
			if (state === undefined || this.#shown.get(id) === statusKey(state)) {
				continue;
			}
			this.#shown.set(id, statusKey(state));
			const line = this.#lineFor(state);
			if (line !== null) {
				this.say(line);
			}
		}
	}

	end(outcome: RunOutcome): void {
		const { completed, failed, needs, stopped } = outcome;
		const all = completed.length + failed.length + needs.length + stopped.length;
		if (completed.length === all && this.#shownNothing()) {
			this.say('Nothing to do: every task of the scope is completed.');
			return;
		}
		for (const { reason } of outcome.needs) {
			if (reason !== '') {
				this.say(`needs you: ${reason}`);
			}
		}
		const table = this.#started.table();
		const cost = table === null ? '' : costNews(costsOf(table));
		if (cost !== '') {
			this.say(cost);
		}
		this.say(`${this.#sums(outcome).join(', ')} in ${seconds(Date.now() - this.#beganAt)}`);
	}

	/** Tasks and gates are counted apart: a gate is nothing that anybody planned to do. */
	#sums({ completed, failed, needs, stopped }: RunOutcome): string[] {
		const table = this.#started.table();
		const isTask = (id: string) => table?.tasks.get(id)?.task.unit === undefined;
		const needed = needs.map(({ task }) => task);
		const everything = [...completed, ...failed, ...needed, ...stopped];
		const gates = everything.filter((id) => table?.gates.get(id) !== undefined);
		const passed = completed.filter((id) => gates.includes(id));
		const parts = [`${completed.filter(isTask).length}/${everything.filter(isTask).length} completed`];
		if (gates.length > 0) {
			parts.push(`${passed.length}/${gates.length} gates passed`);
		}
		for (const [label, list] of [
			['failed or blocked', failed],
			['waiting for a person', needed],
			['not run', stopped],
		] as const) {
			if (list.length > 0) {
				parts.push(`${list.length} ${label}`);
			}
		}
		return parts;
	}

	say(text: string): void {
		const time = new Date().toTimeString().slice(0, 8);
		this.#out.write(`${time}  ${text}\n`);
	}

	#lines = 0;

	#shownNothing(): boolean {
		return this.#lines === 0;
	}

	#lineFor(state: TaskState): string | null {
		const { id, name } = state.task;
		const attempt = state.attempts.at(-1);
		const line = (text: string) => {
			this.#lines++;
			return text;
		};
		switch (state.status) {
			case 'running':
				return state.stopping
					? line(`${id}  stopping`)
					: line(`${id}  started: ${name}${whichAttempt(attempt)}`);
			case 'checking':
				return line(isJudging(state) ? `${id}  judging: ${name}` : `${id}  work done, checking`);
			case 'completed':
				return line(this.#completedLine(state));
			case 'failed':
				return line(`${id}  FAILED: ${state.reason}`);
			case 'blocked':
				return state.need === null
					? line(`${id}  blocked: ${state.reason}`)
					: line(`${id}  needs you: ${state.reason}`);
			case 'cancelled':
				return line(`${id}  stopped`);
			case 'skipped':
				return line(`${id}  skipped`);
			case 'pending':
			case 'ready':
			case 'merging':
				return null;
		}
	}

	#completedLine(state: TaskState): string {
		const { id, unit } = state.task;
		if (unit !== undefined) {
			return `${id}  ${unit.role === 'gate' ? 'passed' : 'done'}${durationOf(state)}`;
		}
		return `${id}  completed${durationOf(state)}${unverified(state)}  ${this.#count()}`;
	}

	#count(): string {
		const table = this.#started.table();
		if (table === null) {
			return '';
		}
		const { completed, total } = progressOf(table);
		return `[${completed}/${total}]`;
	}
}

function isJudging(state: TaskState): boolean {
	return state.task.work.kind === 'none';
}

/** Nothing for a first attempt on T1: that is what everybody expects. */
function whichAttempt(attempt: AttemptState | undefined): string {
	const parts = [
		...((attempt?.number ?? 1) > 1 ? [`attempt ${attempt?.number}`] : []),
		...(attempt?.tier === 'T2' && attempt.agent !== null ? ['T2'] : []),
	];
	return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function statusKey(state: TaskState): string {
	return `${state.status} ${state.attempts.length} ${state.stopping}`;
}

function durationOf(state: TaskState): string {
	const attempt = state.attempts.at(-1);
	const end = attempt?.checks.at(-1)?.endedAt ?? attempt?.endedAt ?? null;
	return attempt?.startedAt == null || end === null ? '' : ` in ${seconds(end - attempt.startedAt)}`;
}

function unverified(state: TaskState): string {
	return state.validation === 'none' ? ' (unverified: it has no check)' : '';
}

function seconds(ms: number): string {
	return ms < 60_000
		? `${(ms / 1000).toFixed(1)} s`
		: `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
