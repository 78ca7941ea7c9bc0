import type { Tally } from './tally.ts';

export interface ProgressBarProps {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly tally: Tally;
}

/** How far a group is: done, at work, in trouble, to do. Decoration: the same is said in words beside it. */
export function ProgressBar({ x, y, width, height, tally }: ProgressBarProps) {
	const share = (count: number) => (tally.total === 0 ? 0 : (count / tally.total) * width);
	const done = share(tally.done);
	const active = share(tally.active);
	const trouble = share(tally.trouble);
	return (
		<g class="progress">
			<rect class="progressTrack" x={x} y={y} width={width} height={height} rx={height / 2} />
			{done > 0 && <rect class="progressDone" x={x} y={y} width={done} height={height} rx={height / 2} />}
			{active > 0 && <rect class="progressActive" x={x + done} y={y} width={active} height={height} />}
			{trouble > 0 && (
				<rect class="progressTrouble" x={x + done + active} y={y} width={trouble} height={height} />
			)}
		</g>
	);
}
