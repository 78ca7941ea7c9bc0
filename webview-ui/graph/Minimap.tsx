import { useEffect, useRef, useState } from 'preact/hooks';
import type { Camera } from './camera.ts';
import { visibleBox } from './camera.ts';
import { Dots } from './Dots.tsx';
import type { Drawing } from './drawing.ts';
import type { Look } from './taskLook.ts';
import { useServices } from './viewContext.ts';

export interface MinimapProps {
	readonly drawing: Drawing;
	readonly lookOf: (card: number) => Look;
}

const room = { width: 190, height: 120 };
const least = 36;

/** The whole drawing in a corner, while the window shows only a part of it. Press or drag to go there. */
export function Minimap({ drawing, lookOf }: MinimapProps) {
	const { driver, strings } = useServices();
	const { layout } = drawing;
	const frame = useRef<SVGRectElement>(null);
	const [needed, setNeeded] = useState(false);
	const dragging = useRef(false);
	const whole = Math.min(room.width / Math.max(1, layout.width), room.height / Math.max(1, layout.height));
	// A plan that is far longer than high would be a line: the shorter side is stretched until it can be hit.
	const scale = {
		x: Math.max(whole, least / Math.max(1, layout.width)),
		y: Math.max(whole, least / Math.max(1, layout.height)),
	};

	useEffect(() => {
		const show = (camera: Camera) => {
			const seen = visibleBox(camera, driver.viewport);
			setNeeded(
				seen.x > 1 ||
					seen.y > 1 ||
					seen.x + seen.width < layout.width - 1 ||
					seen.y + seen.height < layout.height - 1,
			);
			for (const [name, value] of Object.entries(seen)) {
				frame.current?.setAttribute(name, String(value));
			}
		};
		show(driver.camera);
		const subscription = driver.onDidMove(show);
		return () => subscription.dispose();
	}, [driver, layout, needed]);

	if (!needed) {
		return null;
	}
	const go = (event: PointerEvent) => {
		const bounds = (event.currentTarget as Element).getBoundingClientRect();
		const { camera, viewport } = driver;
		driver.jumpTo({
			zoom: camera.zoom,
			x: viewport.width / 2 - ((event.clientX - bounds.left) / scale.x) * camera.zoom,
			y: viewport.height / 2 - ((event.clientY - bounds.top) / scale.y) * camera.zoom,
		});
	};
	return (
		<svg
			class="minimap"
			width={layout.width * scale.x}
			height={layout.height * scale.y}
			preserveAspectRatio="none"
			viewBox={`0 0 ${layout.width} ${layout.height}`}
			aria-hidden="true"
			onPointerDown={(event) => {
				dragging.current = true;
				event.currentTarget.setPointerCapture(event.pointerId);
				go(event);
			}}
			onPointerMove={(event) => dragging.current && go(event)}
			onPointerUp={() => {
				dragging.current = false;
			}}
		>
			<title>{strings.minimap}</title>
			{layout.lanes.map((lane) => (
				<rect
					key={String(lane.track)}
					class="miniLane"
					x={lane.x}
					y={lane.y}
					width={lane.width}
					height={lane.height}
				/>
			))}
			<Dots layout={layout} region={null} lookOf={lookOf} wanted={null} />
			<rect ref={frame} class="miniFrame" vector-effect="non-scaling-stroke" />
		</svg>
	);
}
