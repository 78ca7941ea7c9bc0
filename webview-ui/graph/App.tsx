import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { IconButton } from '../shared/IconButton.tsx';
import { Notice } from '../shared/Notice.tsx';
import { PlanPage } from '../shared/PlanPage.tsx';
import { useModelState } from '../shared/useModelState.ts';
import { Canvas } from './Canvas.tsx';
import { cardLooks } from './cardLooks.ts';
import { Details } from './Details.tsx';
import { sentenceOf } from './dependents.ts';
import type { Drawing } from './drawing.ts';
import type { GraphState } from './graphState.ts';
import { ListTwin } from './ListTwin.tsx';
import { Minimap } from './Minimap.tsx';
import type { PlanIndex } from './planIndex.ts';
import { Toolbar } from './Toolbar.tsx';
import { useServices } from './viewContext.ts';

/** The page. */
export function App() {
	const { model, strings } = useServices();
	const state = useModelState(model);
	return (
		<PlanPage plan={state.plan} words={strings}>
			{({ index }) => <Plan state={state} index={index} />}
		</PlanPage>
	);
}

interface PlanProps {
	readonly state: GraphState;
	readonly index: PlanIndex;
}

function Plan({ state, index }: PlanProps) {
	const searchBox = useRef<HTMLInputElement>(null);
	const stage = useRef<HTMLElement>(null);
	const search = useCallback(() => searchBox.current?.select(), []);
	const leave = useCallback(() => stage.current?.querySelector<SVGElement>('.surface')?.focus(), []);
	return (
		<div class="page">
			<Toolbar state={state} index={index} searchBox={searchBox} leave={leave} />
			<main class="stage" ref={stage}>
				<Stage state={state} index={index} search={search} />
			</main>
			<Details state={state} index={index} />
			<Announcer state={state} index={index} />
			<ListTwin state={state} index={index} />
		</div>
	);
}

function Stage({ state, index, search }: PlanProps & { readonly search: () => void }) {
	const { model, strings } = useServices();
	const { drawing, layoutError } = state;
	if (index.plan.tasks.length === 0 && index.plan.sprints.length === 0) {
		return <Notice icon="type-hierarchy" title={strings.noTasks} hint={strings.noTasksHint} />;
	}
	if (layoutError !== '') {
		const action = { label: strings.tryAgain, press: () => model.layOut() };
		return <Notice icon="warning" title={strings.layoutFailed} hint={layoutError} action={action} />;
	}
	if (drawing === null) {
		return <p class="loading">{strings.loading}</p>;
	}
	return (
		<>
			<Canvas state={state} index={index} drawing={drawing} search={search} />
			<Corner state={state} drawing={drawing} />
		</>
	);
}

/** Overview and zoom, over the drawing. */
function Corner({ state, drawing }: { readonly state: GraphState; readonly drawing: Drawing }) {
	const { driver, strings } = useServices();
	const lookOf = useMemo(() => cardLooks(drawing, state.tallies), [drawing, state.tallies]);
	return (
		<div class="corner">
			<Minimap drawing={drawing} lookOf={lookOf} />
			<div class="zoom">
				<IconButton icon="zoom-out" label={strings.zoomOut} onPress={() => driver.zoom(0.8)} />
				<ZoomLevel />
				<IconButton icon="zoom-in" label={strings.zoomIn} onPress={() => driver.zoom(1.25)} />
				<IconButton icon="screen-full" label={strings.fit} onPress={() => driver.fit()} />
			</div>
		</div>
	);
}

function ZoomLevel() {
	const { driver } = useServices();
	const [zoom, setZoom] = useState(driver.camera.zoom);
	useEffect(() => {
		setZoom(driver.camera.zoom);
		const subscription = driver.onDidMove((camera) => setZoom(camera.zoom));
		return () => subscription.dispose();
	}, [driver]);
	return <output class="zoomLevel">{Math.round(zoom * 100)}%</output>;
}

/** Says what the keyboard walk selects. */
function Announcer({ state, index }: PlanProps) {
	const { strings } = useServices();
	const { selection } = state;
	const words =
		selection === null
			? ''
			: selection.kind === 'task'
				? sentenceOf({ strings, state, index, id: selection.id })
				: `${selection.id} ${index.sprints.get(selection.id)?.name ?? ''}`;
	return (
		<p class="unseen" aria-live="polite">
			{words}
		</p>
	);
}
