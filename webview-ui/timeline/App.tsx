import { useMemo, useRef } from 'preact/hooks';
import { rowsOf } from '../../src/core/run/gateUnits.ts';
import type { RunTask } from '../../src/core/run/runPlan.ts';
import type { ShownPlan } from '../../src/protocol/previewView.ts';
import { Gantt } from '../gantt/Gantt.tsx';
import { fillIn } from '../shared/fillIn.ts';
import { Notice } from '../shared/Notice.tsx';
import { PlanPage } from '../shared/PlanPage.tsx';
import { useModelState } from '../shared/useModelState.ts';
import { factsOf } from './describeRun.ts';
import { RunDetails } from './RunDetails.tsx';
import { RunHeader } from './RunHeader.tsx';
import { RunList } from './RunList.tsx';
import { extentOf, isComparable } from './runFigures.ts';
import { useTimeline } from './timelineContext.ts';
import type { TimelineRows } from './timelineRows.ts';
import { firstTouched, TimelineRowsCache } from './timelineRows.ts';
import type { TimelineState } from './timelineState.ts';
import { isLive } from './timelineState.ts';

/** The page. */
export function App() {
	const { model, strings } = useTimeline();
	const state = useModelState(model);
	return (
		<PlanPage plan={state.plan} words={strings}>
			{({ shown }) =>
				shown.plan.tasks.length === 0 ? (
					<Notice icon="graph-line" title={strings.noTasks} hint={strings.noTasksHint} />
				) : (
					<Timeline state={state} shown={shown} />
				)
			}
		</PlanPage>
	);
}

interface TimelineProps {
	readonly state: TimelineState;
	readonly shown: ShownPlan;
}

function Timeline({ state, shown }: TimelineProps) {
	const { strings } = useTimeline();
	const { run, tasks, now, forecast } = state;
	const extent = useMemo(() => extentOf(tasks.values(), now), [tasks, now]);
	const startedAt = extent === null || run === null ? null : extent.from;
	const actual = extent === null ? 0 : (extent.to - extent.from) / 60_000;
	const comparable = isComparable(forecast?.makespanMinutes ?? 0, actual);
	const showsPlan = state.showsPlan ?? comparable;
	const all = useMemo(() => rowsOf(shown.plan, []), [shown.plan]);
	const cache = useRef<TimelineRowsCache | null>(null);
	cache.current ??= new TimelineRowsCache();
	const rows = cache.current.rows({
		...{ plan: shown.plan, rows: all, words: strings },
		...{ tasks, startedAt, now, forecast, showsPlan },
	});
	// Where to look first is asked once: afterwards the person looks where they like.
	const firstRow = useRef(-1);
	if (firstRow.current === -1 && startedAt !== null) {
		firstRow.current = firstTouched(rows, all, tasks);
	}
	return (
		<div class="page timeline">
			<RunHeader {...{ state, shown, actual, showsPlan: startedAt === null ? null : showsPlan }} />
			<Chart
				{...{
					state,
					shown,
					all,
					data: rows.data,
					firstRow: firstRow.current,
					startedAt,
					fitTo: startedAt === null ? null : actual,
				}}
			/>
			<RunDetails state={state} shown={shown} />
			<RunList state={state} shown={shown} />
		</div>
	);
}

interface ChartProps extends TimelineProps {
	readonly all: readonly RunTask[];
	readonly data: TimelineRows['data'];
	readonly firstRow: number;
	readonly startedAt: number | null;
	readonly fitTo: number | null;
}

function Chart({ state, shown, all: tasks, data, firstRow, startedAt, fitTo }: ChartProps) {
	const { strings, model, fitter } = useTimeline();
	const idOf = (item: number) => tasks[item]?.id ?? null;
	const sentenceOf = (item: number) => {
		const task = tasks[item];
		const run = task === undefined ? undefined : state.tasks.get(task.id);
		const facts = factsOf(run, { estimate: task?.estimateMinutes ?? null, now: state.now, strings });
		return task === undefined ? '' : [`${task.id} ${task.name}`, ...facts].join(' · ');
	};
	return (
		<Gantt
			data={data}
			labelOf={(item) => tasks[item]?.name ?? ''}
			selected={state.selection === null ? -1 : tasks.findIndex(({ id }) => id === state.selection)}
			now={startedAt !== null && isLive(state) ? (state.now - startedAt) / 60_000 : null}
			fitTo={fitTo}
			firstRow={firstRow}
			rowHeight={26}
			words={strings}
			fitter={fitter}
			label={fillIn(strings.label, shown.plan.name)}
			zoomWords={strings}
			sentenceOf={sentenceOf}
			onSelect={(item) => model.select(idOf(item))}
			onOpen={(item) => {
				const task = idOf(item);
				if (task !== null) {
					model.act({ action: 'revealInYaml', task });
				}
			}}
		/>
	);
}
