import { assertNever } from '../../core/base/assertNever.ts';
import { statedStatus } from '../../core/plan/foreign/completedWords.ts';
import type { TaskStatus, TaskSummary } from '../../core/run/runState.ts';
import type { TaskView } from '../../protocol/lsp.ts';
import type { PlanModel } from './planModel.ts';

type Translate = (message: string, ...args: (string | number)[]) => string;

/**
 * What the file of another tool says of its tasks, in the form in which a run tells of its own: views then show both alike. It
 * counts as imported, because nobody here saw it happen.
 */
export class StatedProgress {
	readonly #plan: PlanModel;
	readonly #t: Translate;

	constructor(plan: PlanModel, t: Translate) {
		this.#plan = plan;
		this.#t = t;
	}

	task(id: string): TaskSummary | undefined {
		const task = this.#plan.tasks.get(id);
		return task?.stated === undefined ? undefined : this.#summary(task, task.stated);
	}

	get summaries(): readonly TaskSummary[] {
		return [...this.#plan.tasks.keys()].flatMap((id) => this.task(id) ?? []);
	}

	#summary({ id }: TaskView, word: string): TaskSummary {
		return {
			...{
				id,
				status: runStatus(word),
				validation: 'imported',
				reason: this.#t('Its file says “{0}”.', word),
			},
			...{ iteration: 0, tier: null, needsPerson: false, startedAt: null, endedAt: null },
			...{ evidence: null, exit: null },
		};
	}
}

function runStatus(word: string): TaskStatus {
	const stated = statedStatus(word);
	switch (stated) {
		case 'completed':
		case 'blocked':
			return stated;
		case 'begun':
			return 'running';
		case 'dropped':
			return 'cancelled';
		case 'open':
			return 'pending';
		default:
			return assertNever(stated);
	}
}
