import type { ShownPlan } from '../../src/protocol/previewView.ts';
import { Notice } from '../shared/Notice.tsx';
import { PlanPage } from '../shared/PlanPage.tsx';
import { useModelState } from '../shared/useModelState.ts';
import { Controls } from './Controls.tsx';
import { CurveChart } from './CurveChart.tsx';
import { Figures } from './Figures.tsx';
import { LayersView } from './LayersView.tsx';
import { usePreview } from './previewContext.ts';
import type { PreviewState } from './previewState.ts';
import { ScheduleView } from './ScheduleView.tsx';
import { Tabs } from './Tabs.tsx';
import { TaskDetails } from './TaskDetails.tsx';
import { TaskList } from './TaskList.tsx';
import type { View } from './view.ts';
import { viewOf } from './view.ts';
import { Warnings } from './Warnings.tsx';

/** The page. */
export function App() {
	const { model, strings } = usePreview();
	const state = useModelState(model);
	return (
		<PlanPage plan={state.plan} words={strings}>
			{({ shown }) => <Plan state={state} shown={shown} />}
		</PlanPage>
	);
}

interface PlanProps {
	readonly state: PreviewState;
	readonly shown: ShownPlan;
}

function Plan({ state, shown }: PlanProps) {
	const { strings, model } = usePreview();
	if (shown.plan.tasks.length === 0) {
		return <Notice icon="graph-line" title={strings.noTasks} hint={strings.noTasksHint} />;
	}
	const view = viewOf(state, shown);
	return (
		<div class="page preview">
			<Controls state={state} shown={shown} />
			{state.failure !== '' ? (
				<Notice
					icon="warning"
					title={strings.failed}
					hint={state.failure}
					action={{ label: strings.tryAgain, press: () => model.retry() }}
				/>
			) : view === null ? (
				<p class="loading">{strings.loading}</p>
			) : (
				<Shown state={state} view={view} />
			)}
		</div>
	);
}

function Shown({ state, view }: { readonly state: PreviewState; readonly view: View }) {
	return (
		<>
			<div class="summary">
				<Figures view={view} />
				<CurveChart curve={state.curve} forecast={view.forecast} />
			</div>
			<Tabs tab={state.tab} warnings={view.warnings.length} tasks={view.forecast.tasks.length} />
			<div class="panel" id="panel" role="tabpanel" aria-labelledby={`tab-${state.tab}`}>
				<Panel state={state} view={view} />
			</div>
			<TaskDetails state={state} view={view} />
		</>
	);
}

function Panel({ state, view }: { readonly state: PreviewState; readonly view: View }) {
	switch (state.tab) {
		case 'schedule':
			return <ScheduleView view={view} selection={state.selection} />;
		case 'layers':
			return <LayersView view={view} selection={state.selection} />;
		case 'tasks':
			return <TaskList view={view} selection={state.selection} query={state.query} />;
		case 'warnings':
			return <Warnings view={view} />;
	}
}
