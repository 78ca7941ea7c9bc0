import { pure } from '../shared/component.ts';
import { sentenceOf } from './dependents.ts';
import { tallyWords } from './describe.ts';
import type { GraphState } from './graphState.ts';
import type { PlanIndex } from './planIndex.ts';
import { useServices } from './viewContext.ts';

export interface ListTwinProps {
	readonly state: GraphState;
	readonly index: PlanIndex;
}

/** More tasks than this are listed only for sprints that are expanded: the list follows the drawing. */
const listLimit = 300;

/** The graph as a list, for those who do not see it: every task with its state and its dependencies. */
export const ListTwin = pure(({ state, index }: ListTwinProps) => {
	const { strings, model } = useServices();
	const { plan, sprintOf } = index;
	const isListed = (id: string) => !state.collapsed.has(sprintOf.get(id) ?? '');
	const tasks = (
		plan.tasks.length <= listLimit ? plan.tasks : plan.tasks.filter(({ id }) => isListed(id))
	).slice(0, listLimit);
	return (
		<section class="unseen" aria-label={strings.listTitle}>
			<ul>
				{plan.sprints.map((sprint) => {
					const tally = state.tallies?.sprints.get(sprint.id);
					return (
						<li key={sprint.id}>
							{`${sprint.id} ${sprint.name}. ${tally === undefined ? '' : tallyWords(strings, tally)}`}
						</li>
					);
				})}
			</ul>
			<ul>
				{tasks.map(({ id }) => (
					<li key={id} data-twin={id}>
						<button type="button" tabIndex={-1} onClick={() => model.focus({ kind: 'task', id })}>
							{sentenceOf({ strings, state, index, id })}
						</button>
					</li>
				))}
			</ul>
		</section>
	);
});
