import type { GraphLayout, GraphSprint } from '../../src/protocol/graphView.ts';
import { pure } from '../shared/component.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { glyphs } from '../shared/glyphs.ts';
import { contextOf } from './contextOf.ts';
import { progressWords } from './describe.ts';
import type { Detail } from './detail.ts';
import { ProgressBar } from './ProgressBar.tsx';
import type { Tally } from './tally.ts';
import { useServices } from './viewContext.ts';

export interface SprintFrameProps {
	readonly frame: GraphLayout['sprints'][number];
	readonly sprint: GraphSprint | undefined;
	readonly tally: Tally;
	readonly detail: Detail;
	readonly selected: boolean;
	readonly cannotRun: string;
}

/** The frame of an expanded sprint, with its title and what can be done to the whole. */
export const SprintFrame = pure((props: SprintFrameProps) => {
	const { plan } = useServices();
	const { frame, selected, detail } = props;
	return (
		<g
			class={`frame${selected ? ' selected' : ''}`}
			transform={`translate(${frame.x} ${frame.y})`}
			data-frame={frame.id}
			data-vscode-context={contextOf(plan, { kind: 'sprint', id: frame.id })}
		>
			<rect class="frameFace" width={frame.width} height={frame.height} rx={9} />
			{detail === 'full' && <Title {...props} />}
			{detail === 'sign' && <BigTitle {...props} />}
		</g>
	);
});

function Title({ frame, sprint, tally, cannotRun }: SprintFrameProps) {
	const { strings, fitter } = useServices();
	const facts = progressWords(strings, tally);
	if (tally.minutes > 0) {
		facts.push(formatMinutes(tally.minutes, strings));
	}
	const room = frame.width - 90;
	const right = fitter.fit(facts.join(' · '), { font: '11px', width: room * 0.5 });
	const name = fitter.fit(sprint?.name || frame.id, { font: '600 12px', width: room * 0.45 });
	return (
		<>
			<g class="button" data-act={`fold ${frame.id}`}>
				<title>{`${strings.collapse} ${frame.id}`}</title>
				<rect class="hit" x={6} y={6} width={24} height={24} rx={5} />
				<text class="glyph" x={18} y={18}>
					{glyphs['chevron-down']}
				</text>
			</g>
			<text class="frameName" x={33} y={22}>
				<title>{`${frame.id} · ${sprint?.name ?? ''}`}</title>
				<tspan>{name}</tspan>
				{frame.width > 380 && facts.length < 4 && (
					<tspan class="frameId" dx={8}>
						{frame.id}
					</tspan>
				)}
			</text>
			<text class="frameFacts" x={frame.width - 38} y={22}>
				{right}
			</text>
			<g class={`button run${cannotRun === '' ? '' : ' off'}`} data-act={`run ${frame.id}`}>
				<title>{cannotRun === '' ? `${strings.runSprint} ${frame.id}` : cannotRun}</title>
				<rect class="hit" x={frame.width - 30} y={6} width={24} height={24} rx={5} />
				<text class="glyph" x={frame.width - 18} y={18}>
					{glyphs.play}
				</text>
			</g>
			<ProgressBar x={16} y={34} width={frame.width - 32} height={2} tally={tally} />
		</>
	);
}

function BigTitle({ frame, sprint }: SprintFrameProps) {
	const { fitter } = useServices();
	return (
		<text class="frameBigName" x={20} y={30}>
			{fitter.fit(sprint?.name || frame.id, { font: '600 24px', width: frame.width - 40 })}
		</text>
	);
}
