import { useEffect } from 'preact/hooks';
import { pure } from '../shared/component.ts';
import { fillIn } from '../shared/fillIn.ts';
import { Icon } from '../shared/Icon.tsx';
import { spanInView, useScroll } from '../shared/useScroll.ts';
import { durationOf, isCritical } from './describeTask.ts';
import { usePreview } from './previewContext.ts';
import type { View } from './view.ts';
import { selectedPlace } from './view.ts';

export interface LayersViewProps {
	readonly view: View;
	readonly selection: string | null;
}

const column = 228;
const head = 40;
const row = 50;

/** The layers of the plan as columns: what could run side by side. Only what is in view is in the document. */
export function LayersView({ view, selection }: LayersViewProps) {
	const { strings } = usePreview();
	const [scroller, seen] = useScroll<HTMLDivElement>();
	const { layers } = view.forecast;
	const selected = selectedPlace(view, selection);
	useEffect(() => showPlace(scroller.current, layers, selected), [scroller, layers, selected]);
	const tallest = layers.reduce((most, layer) => Math.max(most, layer.length), 0);
	const [first, end] = spanInView(layers.length, { offset: seen.left, extent: seen.width, size: column });
	const left = view.tasks.length - layers.reduce((sum, layer) => sum + layer.length, 0);
	return (
		<div class="layers" ref={scroller}>
			<div style={{ width: `${layers.length * column}px`, height: `${head + tallest * row + 8}px` }}>
				{layers.slice(first, end).map((layer, index) => {
					const rows = { offset: seen.top, extent: seen.height, size: row };
					const [from, to] = spanInView(layer.length, rows);
					const number = first + index + 1;
					return (
						<Layer key={number} {...{ view, layer, number, first: from, end: to }} selected={selected} />
					);
				})}
			</div>
			{left > 0 && view.shown.errors > 0 && <p class="leftOut">{fillIn(strings.notOrdered, left)}</p>}
		</div>
	);
}

interface LayerProps {
	readonly view: View;
	readonly layer: Int32Array;
	readonly number: number;
	readonly selected: number;
	/** Of its tasks, those in view. */
	readonly first: number;
	readonly end: number;
}

const Layer = pure(({ view, layer, number, selected, first, end }: LayerProps) => {
	const { strings } = usePreview();
	const count = layer.length === 1 ? strings.oneTask : fillIn(strings.tasks, layer.length);
	const name = fillIn(strings.layer, number);
	return (
		<section class="layer" style={{ left: `${(number - 1) * column}px` }} aria-label={`${name}, ${count}`}>
			<h2>
				{name} <span>{count}</span>
			</h2>
			<ul>
				{Array.from(layer.subarray(first, end), (place, index) => (
					<li key={place} style={{ top: `${(first + index) * row}px` }}>
						<TaskChip view={view} place={place} selected={place === selected} />
					</li>
				))}
			</ul>
		</section>
	);
});

interface TaskChipProps {
	readonly view: View;
	readonly place: number;
	readonly selected: boolean;
}

function TaskChip({ view, place, selected }: TaskChipProps) {
	const { strings, model } = usePreview();
	const task = view.tasks[place];
	if (task === undefined) {
		return null;
	}
	const critical = isCritical(view, place);
	return (
		<button
			type="button"
			class={`taskChip${critical ? ' onPath' : ''}`}
			aria-pressed={selected}
			title={task.name}
			onClick={() => model.select(task.id)}
			onDblClick={() => model.act({ action: 'revealInYaml', task: task.id })}
		>
			<span class="chipName">{task.name}</span>
			<span class="chipFacts">
				{critical && <Icon name="zap" />}
				{task.id} · {durationOf(view, strings, place)}
			</span>
		</button>
	);
}

/** Scrolls so that a selected task is seen, and no further. */
function showPlace(scroller: HTMLElement | null, layers: readonly Int32Array[], place: number): void {
	const layer = place === -1 ? -1 : layers.findIndex((tasks) => tasks.includes(place));
	if (scroller === null || layer === -1) {
		return;
	}
	const left = layer * column;
	const top = head + (layers[layer]?.indexOf(place) ?? 0) * row;
	const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
	if (left < scrollLeft || left + column > scrollLeft + clientWidth) {
		scroller.scrollLeft = left - Math.max(0, clientWidth - column) / 2;
	}
	if (top < scrollTop + head || top + row > scrollTop + clientHeight) {
		scroller.scrollTop = top - clientHeight / 2;
	}
}
