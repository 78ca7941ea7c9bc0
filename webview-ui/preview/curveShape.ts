import type { MakespanCurve } from '../forecast/forecast.ts';

export interface CurveBox {
	readonly width: number;
	readonly height: number;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** The curve as points of a drawing: the first number of agents at the left edge, no time at the bottom. */
export interface CurveShape {
	readonly points: readonly { readonly agents: number; readonly x: number; readonly y: number }[];
	/** Of an SVG path: steps, because there is no half agent. */
	readonly line: string;
	/** Beyond this many the curve is level and not drawn. */
	readonly last: number;
}

/** Some numbers of agents beyond the last that changes anything are shown, so that the level end can be seen. */
const levelEnd = 2;

export function curveShape(curve: MakespanCurve, box: CurveBox, atLeast: number): CurveShape {
	const { minutes } = curve;
	const best = minutes.at(-1) ?? 0;
	const firstBest = minutes.findIndex((value) => value <= best) + 1;
	const last = Math.max(2, firstBest + levelEnd, atLeast);
	const most = Math.max(...minutes, 1);
	const inner = { width: box.width - box.left - box.right, height: box.height - box.top - box.bottom };
	const points = Array.from({ length: last }, (_, index) => ({
		agents: index + 1,
		x: box.left + (inner.width * index) / (last - 1),
		y: box.top + inner.height * (1 - (minutes[Math.min(index, minutes.length - 1)] ?? 0) / most),
	}));
	const line = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
	return { points, line, last };
}

/** The number of agents nearest to a place of the drawing. */
export function agentsAt(shape: CurveShape, x: number): number {
	return shape.points.reduce(
		(best, point) => (Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best),
		shape.points[0] ?? { agents: 1, x: 0, y: 0 },
	).agents;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
