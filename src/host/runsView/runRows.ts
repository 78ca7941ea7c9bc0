import type { ListedRun } from '../../engine/journal/listRuns.ts';
import type { RunView } from '../../engine/journal/runView.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import type { Look } from '../tree/taskLook.ts';
import type { RowTexts } from './rowTexts.ts';
import type { RunRow } from './runRow.ts';
import { workRows } from './workRows.ts';

/** What is told of a run without looking into it. */
export type RunDigest = Pick<RunView, 'state' | 'totals'> & { readonly strategy: string };

export interface RunsSource {
	readonly plans: readonly PlanModel[];
	/** Oldest first. */
	runs(plan: PlanModel): readonly ListedRun[];
	/** The newest run, followed as it goes on. */
	current(plan: PlanModel): RunView | null;
	/** Of an earlier run; undefined until it was read, null where it cannot be. */
	digest(run: ListedRun): RunDigest | null | undefined;
	/** An earlier run, read whole; null where it cannot be. */
	open(run: ListedRun): Promise<RunView | null>;
	/** Null where the plan is not on a disk of this machine. */
	rootPath(plan: PlanModel): string | null;
}

/** So many runs are shown one by one, and all before them by month. */
const shownAlone = 10;

/** The rows of the view: the runs of the only plan, or a row for each plan that was run. */
export function runRows(source: RunsSource, texts: RowTexts): readonly RunRow[] {
	const run = source.plans.filter((plan) => source.runs(plan).length > 0);
	const [only] = run;
	if (only !== undefined && source.plans.length === 1) {
		return rowsOfPlan(only, source, texts);
	}
	return run.map((plan) => ({
		id: planKey(plan.id),
		label: plan.name,
		description: String(source.runs(plan).length),
		look: { icon: 'project', color: null, words: '' },
		detail: [],
		context: 'plan',
		target: { plan: planKey(plan.id) },
		isExpanded: true,
		children: () => rowsOfPlan(plan, source, texts),
	}));
}

function rowsOfPlan(plan: PlanModel, source: RunsSource, texts: RowTexts): readonly RunRow[] {
	const runs = [...source.runs(plan)].reverse();
	const rowOf = (run: ListedRun) => runRow(plan, run, source, texts);
	const months = new Map<string, ListedRun[]>();
	for (const run of runs.slice(shownAlone)) {
		const month = texts.month(run.createdAt);
		const members = months.get(month) ?? [];
		members.push(run);
		months.set(month, members);
	}
	const target = { plan: planKey(plan.id) };
	const earlier = [...months].map(
		([month, members]): RunRow => ({
			id: `${planKey(plan.id)}/${month}`,
			label: month,
			description: members.length === 1 ? texts.t('1 run') : texts.t('{0} runs', members.length),
			look: { icon: 'archive', color: null, words: '' },
			...{ detail: [], context: 'month', target },
			children: () => members.map(rowOf),
		}),
	);
	return [...runs.slice(0, shownAlone).map(rowOf), ...earlier];
}

function runRow(plan: PlanModel, run: ListedRun, source: RunsSource, texts: RowTexts): RunRow {
	const newest = source.current(plan);
	const isNewest = newest?.folder === run.folder;
	const digest = isNewest ? { ...newest, strategy: newest.plan.strategy } : source.digest(run);
	const rootPath = source.rootPath(plan);
	const row: RunRow = {
		id: `${planKey(plan.id)}/${run.run}`,
		label: texts.time(run.createdAt),
		description: digest === undefined ? run.run : describe(digest, texts),
		look: lookOf(digest),
		detail: [run.run, ...(digest ? [digest.strategy] : []), ...(isNewest ? newest.problems : [])],
		context: isNewest ? 'run newest' : 'run',
		target: { plan: planKey(plan.id) },
		runFolder: run.folder,
		isExpanded: isNewest,
	};
	if (digest === null || rootPath === null) {
		return row;
	}
	const children = async (): Promise<readonly RunRow[]> => {
		const view = isNewest ? newest : await source.open(run);
		return view === null ? [] : workRows(row, { plan, view, rootPath, isNewest, texts });
	};
	return { ...row, children };
}

function describe(digest: RunDigest | null, { t }: RowTexts): string {
	if (digest === null) {
		return t('its journal cannot be read');
	}
	const { completed, total, failed, unverified } = digest.totals;
	// In a narrow side bar the end is cut off: what the icon says as well comes last, or not at all.
	const isOver = digest.state === 'completed' || digest.state === 'idle';
	return [
		`${completed}/${total}`,
		failed > 0 ? t('{0} failed', failed) : '',
		unverified > 0 ? t('{0} unverified', unverified) : '',
		isOver ? '' : t(stateWords[digest.state].words),
	]
		.filter((text) => text !== '')
		.join(' · ');
}

const stateWords: Readonly<Record<RunView['state'], Look>> = {
	running: { icon: 'loading~spin', color: 'charts.blue', words: 'running' },
	stopping: { icon: 'loading~spin', color: 'charts.blue', words: 'stopping' },
	interrupted: { icon: 'debug-pause', color: 'charts.yellow', words: 'interrupted' },
	idle: { icon: 'circle-large-outline', color: null, words: 'not all of it was run' },
	completed: { icon: 'pass-filled', color: 'testing.iconPassed', words: 'completed' },
};
const withFailures: Look = { icon: 'error', color: 'testing.iconFailed', words: 'failed' };
const unread: Look = { icon: 'history', color: null, words: '' };

function lookOf(digest: RunDigest | null | undefined): Look {
	if (digest === undefined || digest === null) {
		return unread;
	}
	const isAtWork = digest.state === 'running' || digest.state === 'stopping';
	return digest.totals.failed > 0 && !isAtWork ? withFailures : stateWords[digest.state];
}
