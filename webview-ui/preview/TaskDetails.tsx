import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { commandsOf } from './commandsOf.ts';
import { durationOf, isCritical, sourceOf, waitOf, whenOf } from './describeTask.ts';
import { usePreview } from './previewContext.ts';
import type { PreviewState } from './previewState.ts';
import type { View } from './view.ts';
import { selectedPlace } from './view.ts';

export interface TaskDetailsProps {
	readonly state: PreviewState;
	readonly view: View;
}

/** The selected task: when it runs and why not earlier, what exactly runs, what proves it. */
export function TaskDetails({ state, view }: TaskDetailsProps) {
	const { strings, model } = usePreview();
	const place = selectedPlace(view, state.selection);
	const task = view.tasks[place];
	if (task === undefined) {
		return null;
	}
	const { work, checks } = commandsOf(task, strings);
	const facts = [
		durationOf(view, strings, place),
		whenOf(view, strings, place),
		waitOf(view, strings, place),
		task.type,
		sourceOf(view, place),
	].filter((fact) => fact !== '');
	return (
		<section class="details" aria-label={task.id}>
			<div class="what">
				<h2>
					{isCritical(view, place) && <Icon name="zap" />}
					<span class="detailName">{task.name}</span>
					<span class="detailId">{task.id}</span>
				</h2>
				<p class="facts">{facts.join(' · ')}</p>
				<p class="commandLine">
					<span class="linkLabel">{strings.commands}</span> <code>{work.text}</code>
				</p>
				<p class="commandLine">
					<span class="linkLabel">{strings.checks}</span>{' '}
					{checks.length === 0 ? strings.noChecks : checks.map((check) => <code key={check}>{check}</code>)}
				</p>
			</div>
			<div class="buttons">
				<DetailButton
					icon="go-to-file"
					label={strings.openYaml}
					onPress={() => model.act({ action: 'revealInYaml', task: task.id })}
				/>
				<DetailButton
					icon="type-hierarchy"
					label={strings.showInGraph}
					onPress={() => model.act({ action: 'showInGraph', task: task.id })}
				/>
				{state.choice.scope.kind !== 'task' && (
					<DetailButton
						icon="eye"
						label={strings.previewTask}
						onPress={() => model.chooseScope({ kind: 'task', id: task.id })}
					/>
				)}
			</div>
			<IconButton icon="close" label={strings.close} onPress={() => model.select(null)} />
		</section>
	);
}

interface DetailButtonProps {
	readonly icon: string;
	readonly label: string;
	readonly onPress: () => void;
}

function DetailButton({ icon, label, onPress }: DetailButtonProps) {
	return (
		<button type="button" class="secondary" onClick={onPress}>
			<Icon name={icon} />
			{label}
		</button>
	);
}
