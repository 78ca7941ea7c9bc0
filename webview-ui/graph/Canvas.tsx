import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import { attachPointer } from '../shared/attachPointer.ts';
import { fillIn } from '../shared/fillIn.ts';
import { boxOf } from './boxOf.ts';
import type { Camera } from './camera.ts';
import { inDrawing } from './camera.ts';
import type { Region } from './detail.ts';
import { regionFor, sameRegion } from './detail.ts';
import type { Drawing } from './drawing.ts';
import { cardAt } from './drawing.ts';
import type { GraphState } from './graphState.ts';
import { pressKey } from './keys.ts';
import { placeHeaders } from './placeHeaders.ts';
import type { PlanIndex } from './planIndex.ts';
import { Scene } from './Scene.tsx';
import { useServices } from './viewContext.ts';

export interface CanvasProps {
	readonly state: GraphState;
	readonly index: PlanIndex;
	readonly drawing: Drawing;
	readonly search: () => void;
}

/** The drawing and everything that moves it. */
export function Canvas({ state, index, drawing, search }: CanvasProps) {
	const { model, driver, strings } = useServices();
	const surface = useRef<SVGSVGElement>(null);
	const moving = useRef<SVGGElement>(null);
	const [region, setRegion] = useState<Region>(() => regionFor(driver.camera, driver.viewport));
	const latest = useRef(drawing);
	latest.current = drawing;

	useLayoutEffect(() => {
		const show = (camera: Camera) => {
			const group = moving.current;
			if (group !== null) {
				group.style.transform = `translate(${camera.x}px, ${camera.y}px) scale(${camera.zoom})`;
				placeHeaders(group, camera);
			}
			const next = regionFor(camera, driver.viewport);
			setRegion((current) => (sameRegion(current, next) ? current : next));
		};
		show(driver.camera);
		const subscription = driver.onDidMove(show);
		return () => subscription.dispose();
	}, [driver]);

	// Headers that came into the document with a new region or drawing must be placed, too.
	useLayoutEffect(() => {
		if (moving.current !== null) {
			placeHeaders(moving.current, driver.camera);
		}
	}, [driver, region, drawing]);

	useEffect(() => {
		const element = surface.current;
		if (element === null) {
			return;
		}
		const store = new DisposableStore();
		store.add(
			attachPointer(element, {
				onHover: (place) => {
					const point = place === null ? null : inDrawing(driver.camera, place);
					model.hover(point === null ? -1 : cardAt(latest.current, point.x, point.y));
				},
				onDrag: (dragging) => element.classList.toggle('dragging', dragging),
				onPress: (place, target) =>
					press({ model, drawing: latest.current, point: inDrawing(driver.camera, place), target }),
				onDoublePress: (place) =>
					open({ model, drawing: latest.current, point: inDrawing(driver.camera, place) }),
				onPan: (dx, dy) => driver.pan(dx, dy),
				onZoom: (factor, place) => driver.zoom(factor, place),
			}),
		);
		let known = false;
		const measure = () => {
			const { width, height } = element.getBoundingClientRect();
			driver.resize({ viewport: { width, height } });
			// A tab that got narrower, an editor opened beside it, must not hide what was just selected.
			const { selection } = model.state;
			const box = selection === null ? undefined : boxOf(model.state, selection);
			if (known && box !== undefined) {
				driver.keepInView(box);
			}
			known = true;
		};
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		store.add(toDisposable(() => observer.disconnect()));
		measure();
		return () => store.dispose();
	}, [driver, model]);

	const selected = state.selection;
	const active = useMemo(
		() => (selected === null ? undefined : `card-${selected.kind}-${selected.id}`),
		[selected],
	);
	return (
		// biome-ignore lint/a11y/useAriaActivedescendantWithTabindex: it has one; SVG knows the attribute in lower case only.
		<svg
			ref={surface}
			class="surface"
			role="application"
			tabindex={0}
			aria-label={`${fillIn(strings.graph, index.plan.name)}. ${strings.keys}`}
			aria-activedescendant={active}
			data-vscode-context='{"preventDefaultContextMenuItems":true}'
			onKeyDown={(event) => {
				if (pressKey(event, { model, driver, search })) {
					event.preventDefault();
				}
			}}
		>
			<g ref={moving} class="drawing">
				<Scene state={state} index={index} drawing={drawing} region={region} />
			</g>
		</svg>
	);
}

interface PressOptions {
	readonly model: ReturnType<typeof useServices>['model'];
	readonly drawing: Drawing;
	readonly point: { readonly x: number; readonly y: number };
}

/** A press on a button of the drawing does what it says, on a card or frame it selects, elsewhere it clears. */
function press({ model, drawing, point, target }: PressOptions & { readonly target: Element }): void {
	const [verb, sprint] = split(target.closest('[data-act]')?.getAttribute('data-act'));
	if (verb === 'fold') {
		model.toggleSprint(sprint);
		return;
	}
	if (verb === 'run') {
		if (model.state.cannotRun === '') {
			model.act({ action: 'runSprint', sprint });
		}
		return;
	}
	const node = drawing.layout.nodes[cardAt(drawing, point.x, point.y)];
	if (node !== undefined) {
		model.select({ kind: node.kind, id: node.id });
		return;
	}
	const frame = target.closest('[data-frame]')?.getAttribute('data-frame');
	model.select(frame === null || frame === undefined ? null : { kind: 'sprint', id: frame });
}

function open({ model, drawing, point }: PressOptions): void {
	const node = drawing.layout.nodes[cardAt(drawing, point.x, point.y)];
	if (node?.kind === 'task') {
		model.act({ action: 'revealInYaml', task: node.id });
	} else if (node?.kind === 'sprint') {
		model.toggleSprint(node.id);
	}
}

/** `verb rest`; a rest may contain spaces, as ids may. */
function split(text: string | null | undefined): [verb: string, rest: string] {
	const at = text?.indexOf(' ') ?? -1;
	return text === null || text === undefined || at === -1
		? ['', '']
		: [text.slice(0, at), text.slice(at + 1)];
}
