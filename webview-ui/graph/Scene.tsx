import { useMemo } from 'preact/hooks';
import { pure } from '../shared/component.ts';
import { cardLooks } from './cardLooks.ts';
import { Dots } from './Dots.tsx';
import { sentenceOf } from './dependents.ts';
import type { Region } from './detail.ts';
import { meets } from './detail.ts';
import type { Drawing } from './drawing.ts';
import { kinOf } from './drawing.ts';
import { Edges } from './Edges.tsx';
import { cardsOf, findTasks } from './found.ts';
import type { GraphState } from './graphState.ts';
import { LaneBands, LaneHeaders } from './LaneBands.tsx';
import type { PlanIndex } from './planIndex.ts';
import { SprintCard } from './SprintCard.tsx';
import { SprintFrame } from './SprintFrame.tsx';
import { TaskCard } from './TaskCard.tsx';
import type { Tally } from './tally.ts';
import type { Look } from './taskLook.ts';
import { isActive } from './taskLook.ts';
import { useServices } from './viewContext.ts';

export interface SceneProps {
	readonly state: GraphState;
	readonly index: PlanIndex;
	readonly drawing: Drawing;
	readonly region: Region;
}

const nothing: Tally = { total: 0, done: 0, active: 0, trouble: 0, minutes: 0 };

/** What of the drawing is in the document: lanes, frames, edges, cards, from back to front. */
export const Scene = pure(({ state, index, drawing, region }: SceneProps) => {
	const { layout } = drawing;
	const { tallies } = state;
	const found = useMemo(() => {
		const tasks = findTasks(state, index);
		return tasks === null ? null : cardsOf(tasks, drawing, index);
	}, [state.query, state.filter, tallies, index, drawing]);
	const kin = useMemo(
		() => (state.hovered === -1 ? null : kinOf(drawing, state.hovered)),
		[drawing, state.hovered],
	);
	const critical = useMemo(
		() => (state.showCritical ? criticalEdges(drawing, index) : new Set<string>()),
		[drawing, index, state.showCritical],
	);
	const lookOf = useMemo(() => cardLooks(drawing, tallies), [drawing, tallies]);
	const active = useMemo(
		() => new Set([...layout.nodes.keys()].filter((n) => isActive(lookOf(n)))),
		[layout, lookOf],
	);
	const wanted = useMemo(() => wantedCards(kin, found), [kin, found]);
	return (
		<>
			<LaneBands lanes={layout.lanes} region={region} />
			<Frames state={state} index={index} drawing={drawing} region={region} />
			<Edges layout={layout} region={region} kin={kin} critical={critical} active={active} />
			{region.detail === 'dot' ? (
				<Dots layout={layout} region={region} lookOf={lookOf} wanted={wanted} />
			) : (
				<Cards {...{ state, index, drawing, region, lookOf, wanted, found }} />
			)}
			<LaneHeaders
				lanes={layout.lanes}
				region={region}
				tracks={index.plan.tracks}
				tallies={tallies?.tracks ?? new Map()}
				hasSprints={index.plan.sprints.length > 0}
			/>
		</>
	);
});

function Frames({ state, index, drawing, region }: SceneProps) {
	const frames = drawing.layout.sprints.filter((frame) => meets(frame, region.box));
	if (region.detail === 'dot') {
		const path = frames.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`);
		return <path class="frameFace" d={path.join('')} />;
	}
	return (
		<>
			{frames.map((frame) => (
				<SprintFrame
					key={frame.id}
					frame={frame}
					sprint={index.sprints.get(frame.id)}
					tally={state.tallies?.sprints.get(frame.id) ?? nothing}
					detail={region.detail}
					selected={state.selection?.kind === 'sprint' && state.selection.id === frame.id}
					cannotRun={state.cannotRun}
				/>
			))}
		</>
	);
}

interface CardsProps extends SceneProps {
	readonly lookOf: (card: number) => Look;
	readonly wanted: ReadonlySet<number> | null;
	readonly found: ReadonlyMap<number, number> | null;
}

function Cards({ state, index, drawing, region, lookOf, wanted, found }: CardsProps) {
	const { selection, tallies } = state;
	const { strings } = useServices();
	return (
		<>
			{drawing.layout.nodes.map((node, n) => {
				if (!meets(node, region.box)) {
					return null;
				}
				const shared = {
					node,
					detail: region.detail,
					selected: selection?.kind === node.kind && selection.id === node.id,
					dimmed: wanted !== null && !wanted.has(n),
				};
				return node.kind === 'task' ? (
					<TaskCard
						key={`t${node.id}`}
						{...shared}
						task={index.tasks.get(node.id)}
						look={lookOf(n)}
						status={state.statuses.get(node.id)}
						critical={state.showCritical && index.critical.has(node.id)}
						sentence={sentenceOf({ strings, state, index, id: node.id })}
					/>
				) : (
					<SprintCard
						key={`s${node.id}`}
						{...shared}
						sprint={index.sprints.get(node.id)}
						tally={tallies?.sprints.get(node.id) ?? nothing}
						matches={found === null ? null : (found.get(n) ?? 0)}
					/>
				);
			})}
		</>
	);
}

/** Hovering says more than searching: while a card is pointed at, its kin is what counts. */
function wantedCards(
	kin: ReadonlySet<number> | null,
	found: ReadonlyMap<number, number> | null,
): ReadonlySet<number> | null {
	return kin ?? (found === null ? null : new Set(found.keys()));
}

/** Edges between cards that hold consecutive tasks of the critical path. */
function criticalEdges(drawing: Drawing, { critical, sprintOf }: PlanIndex): Set<string> {
	const path = [...critical];
	const cards = path.map(
		(id) => drawing.cardOf.get(`task ${id}`) ?? drawing.cardOf.get(`sprint ${sprintOf.get(id) ?? ''}`) ?? -1,
	);
	return new Set(cards.slice(1).map((card, i) => `${cards[i]} ${card}`));
}
