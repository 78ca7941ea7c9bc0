import { useRef, useState } from 'preact/hooks';
import type { Forecast, MakespanCurve } from '../forecast/forecast.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import type { CurveBox, CurveShape } from './curveShape.ts';
import { agentsAt, curveShape } from './curveShape.ts';
import { usePreview } from './previewContext.ts';

export interface CurveChartProps {
	readonly curve: MakespanCurve | null;
	readonly forecast: Forecast;
}

const box: CurveBox = { width: 300, height: 112, left: 10, right: 14, top: 18, bottom: 22 };

/** Makespan against the number of agents, with the chosen number; a press or the arrow keys choose another. */
export function CurveChart({ curve, forecast }: CurveChartProps) {
	const { strings } = usePreview();
	if (curve === null) {
		return <figure class="curve" aria-hidden="true" />;
	}
	const { agents } = forecast;
	const shape = curveShape(curve, box, Math.min(agents, curve.minutes.length));
	const chosen = formatMinutes(forecast.makespanMinutes, strings);
	const label = fillIn(strings.curveLabel, curve.minutes.length, agents, chosen, curve.knee);
	return (
		<figure class="curve">
			<figcaption>{strings.curve}</figcaption>
			<Drawing {...{ curve, shape, forecast, label }} />
		</figure>
	);
}

interface DrawingProps {
	readonly curve: MakespanCurve;
	readonly shape: CurveShape;
	readonly forecast: Forecast;
	readonly label: string;
}

function Drawing({ curve, shape, forecast, label }: DrawingProps) {
	const { strings, model } = usePreview();
	const surface = useRef<HTMLDivElement>(null);
	const [hovered, setHovered] = useState<number | null>(null);
	const { agents } = forecast;
	const under = (event: MouseEvent) => {
		const bounds = surface.current?.getBoundingClientRect();
		return bounds === undefined || bounds.width === 0
			? agents
			: agentsAt(shape, ((event.clientX - bounds.left) / bounds.width) * box.width);
	};
	return (
		<div
			ref={surface}
			class="curveSlider"
			role="slider"
			tabIndex={0}
			aria-label={label}
			aria-valuemin={1}
			aria-valuemax={shape.last}
			aria-valuenow={agents}
			aria-valuetext={fillIn(strings.curvePoint, agents, formatMinutes(forecast.makespanMinutes, strings))}
			onKeyDown={(event) => {
				const step = steps[event.key];
				if (step !== undefined) {
					event.preventDefault();
					model.chooseAgents(agents + step);
				}
			}}
			onPointerMove={(event) => {
				const over = under(event);
				setHovered(over);
				if (event.buttons === 1) {
					model.chooseAgents(over);
				}
			}}
			onPointerLeave={() => setHovered(null)}
			onPointerDown={(event) => event.button === 0 && model.chooseAgents(under(event))}
		>
			<Picture {...{ curve, shape, agents, hovered }} />
		</div>
	);
}

interface PictureProps {
	readonly curve: MakespanCurve;
	readonly shape: CurveShape;
	readonly agents: number;
	readonly hovered: number | null;
}

function Picture({ curve, shape, agents, hovered }: PictureProps) {
	const { strings } = usePreview();
	const shown = hovered ?? agents;
	const minutes = curve.minutes[Math.min(shown, curve.minutes.length) - 1] ?? 0;
	return (
		<svg viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
			<line class="base" x1={box.left} x2={box.width - box.right} y1={bottom} y2={bottom} />
			<path class="under" d={`${shape.line}L${box.width - box.right} ${bottom}L${box.left} ${bottom}Z`} />
			<path class="line" d={shape.line} />
			<Mark shape={shape} agents={curve.knee} kind="knee" label={fillIn(strings.knee, curve.knee)} />
			{hovered !== null && hovered !== agents && (
				<Mark shape={shape} agents={hovered} kind="hovered" label="" />
			)}
			<Mark shape={shape} agents={agents} kind="chosen" label="" />
			<text class="said" x={box.width - box.right} y={10} text-anchor="end">
				{fillIn(strings.curvePoint, shown, formatMinutes(minutes, strings))}
			</text>
			<text class="tick" x={box.left} y={box.height - 6}>
				1
			</text>
			<text class="tick" x={box.width - box.right} y={box.height - 6} text-anchor="end">
				{shape.last}
			</text>
		</svg>
	);
}

const bottom = box.height - box.bottom;

const steps: Readonly<Record<string, number | undefined>> = {
	ArrowLeft: -1,
	ArrowDown: -1,
	ArrowRight: 1,
	ArrowUp: 1,
};

interface MarkProps {
	readonly shape: CurveShape;
	readonly agents: number;
	readonly kind: 'knee' | 'chosen' | 'hovered';
	readonly label: string;
}

function Mark({ shape, agents, kind, label }: MarkProps) {
	const point = shape.points[Math.min(agents, shape.last) - 1];
	if (point === undefined) {
		return null;
	}
	const isEdge = agents <= 1 || agents >= shape.last - 1;
	return (
		<g class={`mark ${kind}`}>
			<line x1={point.x} x2={point.x} y1={point.y} y2={bottom} />
			<circle cx={point.x} cy={point.y} r={kind === 'chosen' ? 4.5 : 3.5} />
			{label !== '' && !isEdge && (
				<text class="tick" x={point.x} y={box.height - 6} text-anchor="middle">
					{label}
				</text>
			)}
		</g>
	);
}
