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

/** The bands of the tracks. Their headers are moved with the camera (`placeHeaders`), so that they stay in sight. */
export const LaneBands = pure(({ lanes, region, tracks, tallies, hasSprints }: LaneBandsProps) => {
	const { strings } = useServices();
	return (
		<>
			{lanes.map((lane) => {
				if (!meets(lane, region.box)) {
					return null;
				}
				const tally = tallies.get(lane.track) ?? nothing;
				const name = laneName({ lane, tracks, strings, hasSprints });
				return (
					<g key={String(lane.track)} class="lane">
						<rect class="laneFace" x={lane.x} y={lane.y} width={lane.width} height={lane.height} rx={12} />
						<g class="laneHeader" data-lane={`${lane.x} ${lane.y} ${lane.width} ${lane.height}`}>
							<text class="laneName" x={18} y={29}>
								<tspan>{name}</tspan>
								<tspan class="laneFacts" dx={12}>
									{tallyWords(strings, tally)}
								</tspan>
							</text>
							<ProgressBar x={18} y={39} width={132} height={3} tally={tally} />
						</g>
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
