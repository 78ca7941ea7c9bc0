import type { PreviewAct, ShownPlan } from '../../src/protocol/previewView.ts';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { factsOf } from './describeRun.ts';
import { useTimeline } from './timelineContext.ts';
import type { TimelineState } from './timelineState.ts';

export interface RunDetailsProps {
	readonly state: TimelineState;
	readonly shown: ShownPlan;
}

/** The selected task: what became of it, and the ways to its text, terminal and evidence. */
export function RunDetails({ state, shown }: RunDetailsProps) {
	const { strings, model } = useTimeline();
	const task = shown.plan.tasks.find(({ id }) => id === state.selection);
	if (task === undefined) {
		return null;
	}
	const run = state.tasks.get(task.id);
	const facts = factsOf(run, { estimate: task.estimateMinutes, now: state.now, strings });
	const began = run?.attempts.some(({ startedAt }) => startedAt !== null) === true;
	const buttons: readonly (readonly [PreviewAct['action'], string, string, boolean])[] = [
		['revealInYaml', 'go-to-file', strings.openYaml, true],
		['showTerminal', 'terminal', strings.showTerminal, began],
		['openEvidence', 'output', strings.openEvidence, run?.hasEvidence === true],
		['showInGraph', 'type-hierarchy', strings.showInGraph, true],
	];
	return (
		<section class="details" aria-label={task.id}>
			<div class="what">
				<h2>
					<span class="detailName">{task.name}</span>
					<span class="detailId">{task.id}</span>
				</h2>
				<p class="facts">{facts.join(' · ')}</p>
			</div>
			<div class="buttons">
				{buttons
					.filter(([, , , isThere]) => isThere)
					.map(([action, icon, label]) => (
						<button
							key={action}
							type="button"
							class="secondary"
							onClick={() => model.act({ action, task: task.id })}
						>
							<Icon name={icon} />
							{label}
						</button>
					))}
			</div>
			<IconButton icon="close" label={strings.close} onPress={() => model.select(null)} />
		</section>
	);
}
