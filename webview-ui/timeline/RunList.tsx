import type { ShownPlan } from '../../src/protocol/previewView.ts';
import { factsOf } from './describeRun.ts';
import { useTimeline } from './timelineContext.ts';
import type { TimelineState } from './timelineState.ts';

/** More tasks than this are listed only around the selected one: the list follows the walk. */
const listLimit = 300;

/** The timeline as a list, for those who do not see it. */
export function RunList({ state, shown }: { readonly state: TimelineState; readonly shown: ShownPlan }) {
	const { strings, model } = useTimeline();
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
					const facts = factsOf(state.tasks.get(task.id), {
						estimate: task.estimateMinutes,
						now: state.now,
						strings,
					});
					return (
						<li
							key={task.id}
							data-twin={task.id}
							aria-posinset={first + index + 1}
							aria-setsize={tasks.length}
						>
							<button type="button" tabIndex={-1} onClick={() => model.select(task.id)}>
								{[`${task.id} ${task.name}`, ...facts].join(' · ')}
							</button>
						</li>
					);
				})}
			</ul>
		</section>
	);
}
