import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DisposableStore } from '../../src/core/base/disposable.ts';
import { attachPointer } from '../shared/attachPointer.ts';
import type { TextFitter } from '../shared/fitText.ts';
import { IconButton } from '../shared/IconButton.tsx';
import type { GanttContent } from './ganttDriver.ts';
import { GanttDriver } from './ganttDriver.ts';

export interface GanttProps extends GanttContent {
	readonly fitter: TextFitter;
	/** What the chart is, and how the keyboard moves in it. */
	readonly label: string;
	readonly zoomWords: { readonly zoomIn: string; readonly zoomOut: string; readonly fit: string };
	/** The sentence of an item, for the pointer and for those who do not see the chart. */
	readonly sentenceOf: (item: number) => string;
	readonly onSelect: (item: number) => void;
	/** Enter or a double press on an item. */
	readonly onOpen: (item: number) => void;
}

interface Hover {
	readonly item: number;
	readonly x: number;
	readonly y: number;
}

/** A chart of bars over time, painted on a canvas. What it shows can be walked with the keyboard and is said in words. */
export function Gantt(props: GanttProps) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const driver = useRef<GanttDriver | null>(null);
	const latest = useRef(props);
	latest.current = props;
	const [hover, setHover] = useState<Hover | null>(null);

	useLayoutEffect(() => {
		const element = canvas.current;
		if (element === null) {
			return;
		}
		const store = new DisposableStore();
		const created = store.add(
			new GanttDriver({
				canvas: element,
				fitter: latest.current.fitter,
				onSelect: (item) => latest.current.onSelect(item),
				onHover: (next) => setHover((now) => (now === null && next === null ? now : next)),
			}),
		);
		store.add(
			attachPointer(element, {
				onHover: (place) => created.hover(place),
				onDrag: (dragging) => dragging && created.hover(null),
				onPress: (place) => created.press(place),
				onDoublePress: () => latest.current.selected !== -1 && latest.current.onOpen(latest.current.selected),
				onPan: (dx, dy) => created.pan(dx, dy),
				onZoom: (factor, { x }) => created.zoom(factor, x),
			}),
		);
		driver.current = created;
		created.show(latest.current);
		return () => {
			driver.current = null;
			store.dispose();
		};
	}, []);

	useEffect(() => driver.current?.show(props));

	return (
		<div class="gantt">
			<div
				class="ganttSurface"
				role="application"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keys itself.
				tabIndex={0}
				aria-label={props.label}
				data-vscode-context='{"preventDefaultContextMenuItems":true}'
				onKeyDown={(event) => {
					if (driver.current !== null && pressGanttKey(event, driver.current, props)) {
						event.preventDefault();
					}
				}}
			>
				<canvas ref={canvas} />
			</div>
			{hover !== null && <Tip hover={hover} text={props.sentenceOf(hover.item)} />}
			<p class="unseen" aria-live="polite">
				{props.selected === -1 ? '' : props.sentenceOf(props.selected)}
			</p>
			<div class="ganttZoom">
				<IconButton
					icon="zoom-out"
					label={props.zoomWords.zoomOut}
					onPress={() => driver.current?.zoom(0.7)}
				/>
				<IconButton icon="zoom-in" label={props.zoomWords.zoomIn} onPress={() => driver.current?.zoom(1.4)} />
				<IconButton icon="screen-full" label={props.zoomWords.fit} onPress={() => driver.current?.fit()} />
			</div>
		</div>
	);
}

/** What is under the pointer, in words, beside it. */
function Tip({ hover, text }: { readonly hover: Hover; readonly text: string }) {
	const box = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		const element = box.current;
		const parent = element?.parentElement;
		if (element === null || parent == null) {
			return;
		}
		const x = Math.max(4, Math.min(hover.x + 14, parent.clientWidth - element.offsetWidth - 4));
		const below = hover.y + 18 + element.offsetHeight <= parent.clientHeight;
		const y = below ? hover.y + 18 : Math.max(4, hover.y - element.offsetHeight - 10);
		element.style.transform = `translate(${x}px, ${y}px)`;
	});
	return (
		<div class="ganttTip" ref={box} aria-hidden="true">
			{text}
		</div>
	);
}

/** The keyboard of a chart; false where a key means nothing here. */
export function pressGanttKey(
	event: KeyboardEvent,
	driver: GanttDriver,
	props: Pick<GanttProps, 'selected' | 'onSelect' | 'onOpen'>,
): boolean {
	if (event.ctrlKey || event.metaKey || event.altKey) {
		return false;
	}
	switch (event.key) {
		case 'ArrowLeft':
		case 'ArrowRight':
		case 'ArrowUp':
		case 'ArrowDown':
			driver.step(arrows[event.key]);
			return true;
		case '+':
		case '=':
			driver.zoom(1.4);
			return true;
		case '-':
			driver.zoom(0.7);
			return true;
		case '0':
			driver.fit();
			return true;
		case 'Enter':
			if (props.selected !== -1) {
				props.onOpen(props.selected);
			}
			return true;
		case 'Escape':
			props.onSelect(-1);
			return true;
		default:
			return false;
	}
}

const arrows = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const;
