import type { RunTask } from '../../src/core/run/runPlan.ts';
import type { ShownPlan } from '../../src/protocol/previewView.ts';
import type { TimelineTask } from '../../src/protocol/timelineView.ts';
import { pure } from '../shared/component.ts';
import { factsOf } from './describeRun.ts';
import { isUnderWay } from './runFigures.ts';
import { useTimeline } from './timelineContext.ts';
import type { TimelineState } from './timelineState.ts';

/** More tasks than this are listed only around the selected one: the list follows the walk. */
const listLimit = 300;

/** The timeline as a list, for those who do not see it. */
export function RunList({ state, shown }: { readonly state: TimelineState; readonly shown: ShownPlan }) {
	const { strings } = useTimeline();
	const { tasks } = shown.plan;
	const at = Math.max(
		0,
		tasks.findIndex(({ id }) => id === state.selection),
	);
	const first = Math.max(0, Math.min(tasks.length - listLimit, at - listLimit / 2));
	return (
		<section class="unseen" aria-label={strings.listTitle}>
			<ul>
				{tasks.slice(first, first + listLimit).map((task, index) => {
					const run = state.tasks.get(task.id);
					return (
						<Item
							key={task.id}
							{...{ task, run, number: first + index + 1, count: tasks.length }}
							now={isUnderWay(run) ? state.now : 0}
						/>
					);
				})}
			</ul>
		</section>
	);
}

interface ItemProps {
	readonly task: RunTask;
	readonly run: TimelineTask | undefined;
	readonly number: number;
	readonly count: number;
	/** The clock where it says anything here; 0 elsewhere, so that a tick draws only what it changes. */
	readonly now: number;
}

const Item = pure(({ task, run, number, count, now }: ItemProps) => {
	const { strings, model } = useTimeline();
	const facts = factsOf(run, { estimate: task.estimateMinutes, now, strings });
	return (
		<li data-twin={task.id} aria-posinset={number} aria-setsize={count}>
			<button type="button" tabIndex={-1} onClick={() => model.select(task.id)}>
				{[`${task.id} ${task.name}`, ...facts].join(' · ')}
			</button>
		</li>
	);
});
