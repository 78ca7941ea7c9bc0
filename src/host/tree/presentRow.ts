import { assertNever } from '../../core/base/assertNever.ts';
import { formatNames } from '../../core/plan/foreign/foreignPlan.ts';
import type { TaskSummary } from '../../core/run/runState.ts';
import type { TaskView } from '../../protocol/lsp.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { formatElapsed, formatMinutes } from './formatTime.ts';
import { gateWords } from './gateWords.ts';
import type { PlanTreeElement, PlanTreeModel, PlanTreeSource, RunFacts } from './planTreeModel.ts';
import type { Look, Progress } from './taskLook.ts';
import { awaitsPerson, groupLook, isActive, isDone, needsYou, taskLook } from './taskLook.ts';

/** Gives a message in the user's language; `{0}` stands for the first argument. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** How a row looks, without the editor's types. */
export interface RowPresentation {
	readonly label: string;
	readonly description: string;
	readonly look: Look;
	readonly collapsible: 'none' | 'collapsed' | 'expanded';
	/** Why the task stands where it stands, in the engine's words. */
	readonly reason: string;
	/** Words for `viewItem =~ /\bword\b/`: what may be done with the row. */
	readonly context: string;
}

export interface PresentOptions {
	readonly model: PlanTreeModel;
	readonly source: PlanTreeSource;
	readonly t: Translate;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** The row of an element; a row of something that is gone since shows its id and nothing else. */
export function presentRow(element: PlanTreeElement, options: PresentOptions): RowPresentation {
	const plan = options.source.plan(element.planId);
	if (plan === undefined) {
		return {
			label: element.planId.key,
			description: '',
			look: taskLook(undefined, false),
			collapsible: 'none',
			reason: '',
			context: element.kind,
		};
	}
	return element.kind === 'task' ? presentTask(element, plan, options) : presentGroup(element, plan, options);
}

function presentTask(element: PlanTreeElement, plan: PlanModel, options: PresentOptions): RowPresentation {
	const id = element.target.task ?? '';
	const task = plan.tasks.get(id);
	const summary = options.source.run(plan.id)?.task(id);
	return {
		label: task === undefined || task.name === '' || task.name === id ? id : `${id} ${task.name}`,
		description: describeTask(task, summary, options),
		look: taskLook(summary, task?.worst === 'error'),
		collapsible: 'none',
		reason: summary?.reason ?? '',
		context: ['task', ...(plan.foreign === undefined ? taskActions(summary) : ['foreign'])].join(' '),
	};
}

function describeTask(
	task: TaskView | undefined,
	summary: TaskSummary | undefined,
	options: PresentOptions,
): string {
	const { t, now } = options;
	const parts: string[] = [];
	if (typeof task?.estimateMinutes === 'number') {
		parts.push(formatMinutes(task.estimateMinutes));
	}
	if (typeof task?.agent === 'string' && task.agent !== 'shell') {
		parts.push(task.agent);
	}
	if (task?.stated !== undefined && /[a-z]{2}/i.test(task.stated)) {
		parts.push(task.stated);
	}
	if (typeof summary?.startedAt === 'number') {
		const end = isActive(summary) ? now : (summary.endedAt ?? summary.startedAt);
		parts.push(formatElapsed(end - summary.startedAt));
	}
	if (summary !== undefined && summary.iteration > 1) {
		parts.push(t('attempt {0}', summary.iteration));
	}
	return parts.join(' · ');
}

function taskActions(summary: TaskSummary | undefined): readonly string[] {
	const actions: string[] = [];
	if (isActive(summary)) {
		actions.push('stop');
	} else if (summary?.asks === 'approval') {
		actions.push('approve', 'skip');
	} else if (awaitsPerson(summary) || summary?.status === 'cancelled') {
		actions.push('retry', 'skip');
	} else if (!isDone(summary)) {
		actions.push('run');
	}
	if (typeof summary?.evidence === 'string') {
		actions.push('evidence');
	}
	if (summary !== undefined && summary.iteration > 0) {
		actions.push('terminal');
	}
	return actions;
}

function presentGroup(element: PlanTreeElement, plan: PlanModel, options: PresentOptions): RowPresentation {
	const run = options.source.run(plan.id);
	const progress = progressOf(element, plan, options.model, run);
	const isOpen = element.kind === 'track' || element.kind === 'plan';
	const gate = gateWords(element, run, options.t);
	const share = describeGroup(element, plan, progress);
	return {
		label: groupLabel(element, plan, options),
		description: gate === null ? share : `${share} · ${gate.words}`,
		look: gate?.needsPerson === true ? needsYou : groupLook(progress, restingIcon(element)),
		collapsible: progress.total === 0 && element.kind !== 'track' ? 'none' : openness(isOpen, plan),
		reason: gate?.detail ?? '',
		context: [
			element.kind,
			...(plan.foreign === undefined ? groupActions(progress, gate?.isOpen === true) : ['foreign']),
			...(plan.opened === true ? ['opened'] : []),
		].join(' '),
	};
}

/** Large plans open closed: ten thousand rows tell nobody anything. */
function openness(isOpen: boolean, plan: PlanModel): 'collapsed' | 'expanded' {
	return isOpen || plan.tasks.size <= 60 ? 'expanded' : 'collapsed';
}

function groupLabel(element: PlanTreeElement, plan: PlanModel, { model, t }: PresentOptions): string {
	switch (element.kind) {
		case 'plan':
			return plan.name === '' ? plan.id.key : plan.name;
		case 'track': {
			const track = element.target.track ?? 0;
			const name = model.index(plan).tracks.get(track);
			return name === undefined || name === '' ? t('Track {0}', track) : name;
		}
		case 'sprint': {
			const id = element.target.sprint ?? '';
			const name = plan.sprints.get(id)?.name ?? '';
			return name === '' || name === id ? id : `${id} ${name}`;
		}
		case 'unscheduled':
			return t('Unscheduled');
		case 'task':
			return element.target.task ?? '';
		default:
			return assertNever(element.kind);
	}
}

function restingIcon(element: PlanTreeElement): string {
	switch (element.kind) {
		case 'plan':
			return 'project';
		case 'track':
			return 'list-tree';
		case 'unscheduled':
			return 'inbox';
		case 'sprint':
		case 'task':
			return 'milestone';
		default:
			return assertNever(element.kind);
	}
}

function describeGroup(element: PlanTreeElement, plan: PlanModel, progress: Progress): string {
	if (plan.foreign !== undefined) {
		const tool = element.kind === 'plan' ? [formatNames[plan.foreign]] : [];
		const time = progress.estimateMinutes > 0 ? [formatMinutes(progress.estimateMinutes)] : [];
		const share = progress.stated > 0 ? `${progress.done}/${progress.total}` : String(progress.total);
		return [...tool, share, ...time].join(' · ');
	}
	const share =
		element.kind === 'track'
			? `${progress.total === 0 ? 0 : Math.round((100 * progress.done) / progress.total)} %`
			: `${progress.done}/${progress.total}`;
	return progress.estimateMinutes > 0 ? `${share} · ${formatMinutes(progress.estimateMinutes)}` : share;
}

function groupActions(progress: Progress, hasOpenGate: boolean): readonly string[] {
	const actions: string[] = [];
	if (progress.done + progress.running < progress.total || (hasOpenGate && progress.running === 0)) {
		actions.push('run');
	}
	if (progress.running > 0) {
		actions.push('stop');
	}
	if (progress.evidence > 0) {
		actions.push('evidence');
	}
	return actions;
}

function progressOf(
	element: PlanTreeElement,
	plan: PlanModel,
	model: PlanTreeModel,
	run: RunFacts | null,
): Progress {
	let [done, running, failed, needsYou, evidence, estimateMinutes, stated] = [0, 0, 0, 0, 0, 0, 0];
	const ids = model.taskIds(element);
	for (const id of ids) {
		const summary = run?.task(id);
		done += Number(isDone(summary));
		running += Number(isActive(summary));
		failed += Number(summary?.status === 'failed');
		needsYou += Number(summary?.needsPerson === true);
		evidence += Number(typeof summary?.evidence === 'string');
		estimateMinutes += plan.tasks.get(id)?.estimateMinutes ?? 0;
		stated += Number(plan.tasks.get(id)?.stated !== undefined);
	}
	return { total: ids.length, done, running, failed, needsYou, evidence, estimateMinutes, stated };
}
