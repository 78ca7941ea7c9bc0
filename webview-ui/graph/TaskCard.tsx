import type { GraphLayout, GraphStatus, GraphTask } from '../../src/protocol/graphView.ts';
import { pure } from '../shared/component.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { glyphs } from '../shared/glyphs.ts';
import { contextOf } from './contextOf.ts';
import { statusLine } from './describe.ts';
import type { Detail } from './detail.ts';
import type { Look } from './taskLook.ts';
import { isActive, looks } from './taskLook.ts';
import { useServices } from './viewContext.ts';

export interface CardProps {
	readonly node: GraphLayout['nodes'][number];
	readonly detail: Detail;
	readonly selected: boolean;
	readonly dimmed: boolean;
}

export interface TaskCardProps extends CardProps {
	readonly task: GraphTask | undefined;
	readonly look: Look;
	readonly status: GraphStatus | undefined;
	readonly critical: boolean;
	/** The card in words. */
	readonly sentence: string;
}

/** One task. Its state is a sign, a colour and words; its name is cut to the card and whole in the tooltip. */
export const TaskCard = pure((props: TaskCardProps) => {
	const { plan } = useServices();
	const { node, look, selected, dimmed, critical } = props;
	const classes = ['card', `look-${look}`];
	for (const [name, on] of Object.entries({ selected, dimmed, critical, active: isActive(look) })) {
		if (on) {
			classes.push(name);
		}
	}
	return (
		// biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of SVG is a picture here, not a control.
		<g
			class={classes.join(' ')}
			id={`card-task-${node.id}`}
			role="img"
			aria-label={props.sentence}
			transform={`translate(${node.x} ${node.y})`}
			data-card={`task ${node.id}`}
			data-vscode-context={contextOf(plan, { kind: 'task', id: node.id })}
		>
			{selected && (
				<rect class="ring" x={-4} y={-4} width={node.width + 8} height={node.height + 8} rx={10} />
			)}
			<rect class="face" width={node.width} height={node.height} rx={7} />
			{isActive(look) && <rect class="pulse" width={node.width} height={node.height} rx={7} />}
			{props.detail === 'full' ? <FullText {...props} /> : <SignOnly {...props} />}
		</g>
	);
});

function FullText({ node, task, look, status, critical }: TaskCardProps) {
	const { strings, fitter } = useServices();
	const name = task?.name ?? strings.unknownTask;
	const estimate = task?.estimateMinutes ?? null;
	const line = statusLine(strings, look, status);
	return (
		<>
			<title>{`${node.id} · ${name}\n${line}`}</title>
			<text class={`glyph sign ${look === 'running' ? 'turning' : ''}`} x={22} y={17}>
				{glyphs[looks[look]]}
			</text>
			<text class="id" x={37} y={21}>
				{fitter.fit(node.id, { font: '11px', width: 104 })}
			</text>
			{estimate !== null && (
				<text class="estimate" x={node.width - (critical ? 32 : 14)} y={21}>
					{formatMinutes(estimate, strings)}
				</text>
			)}
			<text class="name" x={14} y={40}>
				{fitter.fit(name, { font: '600 13px', width: node.width - 28 })}
			</text>
			<text class="state" x={14} y={56}>
				{fitter.fit(line, { font: '11px', width: node.width - 28 })}
			</text>
			{critical && (
				<text class="glyph mark" x={node.width - 20} y={17}>
					{glyphs.zap}
				</text>
			)}
		</>
	);
}

function SignOnly({ node, look }: TaskCardProps) {
	const { fitter } = useServices();
	return (
		<>
			<text class={`glyph bigSign ${look === 'running' ? 'turning' : ''}`} x={34} y={node.height / 2}>
				{glyphs[looks[look]]}
			</text>
			<text class="bigId" x={62} y={node.height / 2}>
				{fitter.fit(node.id, { font: '24px', width: node.width - 72 })}
			</text>
		</>
	);
}
