import type { GraphSprint } from '../../src/protocol/graphView.ts';
import { pure } from '../shared/component.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { glyphs } from '../shared/glyphs.ts';
import { contextOf } from './contextOf.ts';
import { countTasks, tallyWords } from './describe.ts';
import { ProgressBar } from './ProgressBar.tsx';
import type { CardProps } from './TaskCard.tsx';
import type { Tally } from './tally.ts';
import { groupLook } from './tally.ts';
import { looks } from './taskLook.ts';
import { useServices } from './viewContext.ts';

export interface SprintCardProps extends CardProps {
	readonly sprint: GraphSprint | undefined;
	readonly tally: Tally;
	/** How many of its tasks the search or filter finds; null while nothing is searched. */
	readonly matches: number | null;
}

/** A collapsed sprint: what it holds, and how far it is. */
export const SprintCard = pure((props: SprintCardProps) => {
	const { plan, strings } = useServices();
	const { node, sprint, tally, selected, dimmed, detail } = props;
	const classes = `card stack look-${groupLook(tally)}${selected ? ' selected' : ''}${dimmed ? ' dimmed' : ''}`;
	return (
		// biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of SVG is a picture here, not a control.
		<g
			class={classes}
			id={`card-sprint-${node.id}`}
			role="img"
			aria-label={`${node.id} ${sprint?.name ?? ''}. ${tallyWords(strings, tally)}`}
			transform={`translate(${node.x} ${node.y})`}
			data-card={`sprint ${node.id}`}
			data-vscode-context={contextOf(plan, { kind: 'sprint', id: node.id })}
		>
			{selected && (
				<rect class="ring" x={-4} y={-4} width={node.width + 8} height={node.height + 8} rx={10} />
			)}
			<rect class="under" x={4} y={4} width={node.width - 8} height={node.height} rx={7} />
			<rect class="face" width={node.width} height={node.height - 4} rx={7} />
			<title>{`${node.id} · ${sprint?.name ?? ''}\n${tallyWords(strings, tally)}`}</title>
			{detail === 'full' ? <FullText {...props} /> : <IdOnly {...props} />}
			<g class="button" data-act={`fold ${node.id}`}>
				<title>{strings.expand}</title>
				<rect class="hit" x={4} y={6} width={28} height={28} rx={5} />
				<text class="glyph" x={18} y={20}>
					{glyphs['chevron-right']}
				</text>
			</g>
		</g>
	);
});

function FullText({ node, sprint, tally, matches }: SprintCardProps) {
	const { strings, fitter } = useServices();
	const width = node.width - 28;
	return (
		<>
			<text class="name" x={34} y={25}>
				{fitter.fit(sprint?.name || node.id, { font: '600 13px', width: width - 44 })}
			</text>
			<text class="glyph sign" x={node.width - 22} y={20}>
				{glyphs[looks[groupLook(tally)]]}
			</text>
			<text class="id" x={14} y={46}>
				{fitter.fit(node.id, { font: '11px', width: 118 })}
			</text>
			<text class="estimate" x={node.width - 14} y={46}>
				{matches === null ? countTasks(strings, tally.total) : fillIn(strings.matches, matches, tally.total)}
			</text>
			<ProgressBar x={14} y={56} width={width} height={5} tally={tally} />
			<text class="progressWords" x={14} y={77}>
				{fillIn(strings.doneOf, tally.done, tally.total)}
			</text>
			{tally.minutes > 0 && (
				<text class="estimate" x={node.width - 14} y={77}>
					{formatMinutes(tally.minutes, strings)}
				</text>
			)}
		</>
	);
}

function IdOnly({ node, tally }: SprintCardProps) {
	const { fitter } = useServices();
	return (
		<>
			<text class="bigId" x={34} y={38}>
				{fitter.fit(node.id, { font: '24px', width: node.width - 44 })}
			</text>
			<ProgressBar x={14} y={66} width={node.width - 28} height={12} tally={tally} />
		</>
	);
}
