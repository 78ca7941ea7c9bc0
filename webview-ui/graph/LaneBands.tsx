import type { GraphLayout, GraphTrack } from '../../src/protocol/graphView.ts';
import { pure } from '../shared/component.ts';
import { fillIn } from '../shared/fillIn.ts';
import { tallyWords } from './describe.ts';
import type { Region } from './detail.ts';
import { meets } from './detail.ts';
import { ProgressBar } from './ProgressBar.tsx';
import type { Tally } from './tally.ts';
import { useServices } from './viewContext.ts';

export interface LaneBandsProps {
	readonly lanes: GraphLayout['lanes'];
	readonly region: Region;
	readonly tracks: readonly GraphTrack[];
	readonly tallies: ReadonlyMap<number | null, Tally>;
	readonly hasSprints: boolean;
}

const nothing: Tally = { total: 0, done: 0, active: 0, trouble: 0, minutes: 0 };

/** The bands of the tracks, behind everything. */
export const LaneBands = pure(({ lanes, region }: Pick<LaneBandsProps, 'lanes' | 'region'>) => (
	<>
		{lanes.map((lane) =>
			meets(lane, region.box) ? (
				<rect
					key={String(lane.track)}
					class="laneFace"
					x={lane.x}
					y={lane.y}
					width={lane.width}
					height={lane.height}
					rx={12}
				/>
			) : null,
		)}
	</>
));

/** The names of the tracks, before everything. They are moved with the camera (`placeHeaders`) to stay in sight. */
export const LaneHeaders = pure(({ lanes, region, tracks, tallies, hasSprints }: LaneBandsProps) => {
	const { strings, fitter } = useServices();
	return (
		<>
			{lanes.map((lane) => {
				if (!meets(lane, region.box)) {
					return null;
				}
				const tally = tallies.get(lane.track) ?? nothing;
				const name = laneName({ lane, tracks, strings, hasSprints });
				const width = fitter.widthOf(name, '600 14px') + 20;
				return (
					<g
						key={String(lane.track)}
						class="laneHeader"
						data-lane={`${lane.x} ${lane.y} ${lane.width} ${lane.height}`}
					>
						<rect class="laneBack" x={8} y={5} width={width} height={30} rx={6} />
						<text class="laneName" x={18} y={25}>
							<tspan>{name}</tspan>
							<tspan class="laneFacts" dx={12}>
								{fitter.fit(tallyWords(strings, tally), { font: '12px', width: lane.width - width - 30 })}
							</tspan>
						</text>
						<ProgressBar x={18} y={34} width={132} height={3} tally={tally} />
					</g>
				);
			})}
		</>
	);
});

interface NameOptions extends Pick<LaneBandsProps, 'tracks' | 'hasSprints'> {
	readonly lane: GraphLayout['lanes'][number];
	readonly strings: ReturnType<typeof useServices>['strings'];
}

function laneName({ lane, tracks, strings, hasSprints }: NameOptions): string {
	if (lane.track === null) {
		return hasSprints ? strings.unscheduled : strings.noTrack;
	}
	const number = fillIn(strings.track, lane.track);
	const name = tracks.find((track) => track.number === lane.track)?.name;
	return name === undefined || name === number ? number : `${number} · ${name}`;
}
