import type { GraphAction } from '../../src/protocol/graphView.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { dependentsOf } from './dependents.ts';
import { statusWords, tallyWords } from './describe.ts';
import type { Target } from './drawing.ts';
import type { GraphState } from './graphState.ts';
import type { PlanIndex } from './planIndex.ts';
import { runActionOf } from './runAction.ts';
import { groupLook } from './tally.ts';
import { isActive, looks } from './taskLook.ts';
import { useServices } from './viewContext.ts';

export interface DetailsProps {
	readonly state: GraphState;
	readonly index: PlanIndex;
}

/** What is selected, in words, and what can be done to it. */
export function Details({ state, index }: DetailsProps) {
	const { model, strings } = useServices();
	const { selection } = state;
	if (selection === null) {
		return null;
	}
	return (
		<section class="details" aria-label={selection.id}>
			{selection.kind === 'task' ? (
				<TaskDetails state={state} index={index} id={selection.id} />
			) : (
				<SprintDetails state={state} index={index} id={selection.id} />
			)}
			<IconButton icon="close" label={strings.close} onPress={() => model.select(null)} />
		</section>
	);
}

interface ItemProps extends DetailsProps {
	readonly id: string;
}

function TaskDetails({ state, index, id }: ItemProps) {
	const { strings } = useServices();
	const task = index.tasks.get(id);
	const status = state.statuses.get(id);
	const look = state.tallies?.looks.get(id) ?? 'pending';
	const facts = [
		task?.estimateMinutes == null ? strings.noEstimate : formatMinutes(task.estimateMinutes, strings),
		...(task === undefined || task.type === '' ? [] : [task.type]),
		...timing(index, strings, id),
	];
	return (
		<>
			<div class="what">
				<h2>
					<Icon name={`${looks[look]} look-${look}${look === 'running' ? ' codicon-modifier-spin' : ''}`} />
					<span class="detailName">{task?.name ?? strings.unknownTask}</span>
					<span class="detailId">{id}</span>
				</h2>
				<p>
					<span class={`stateWords look-${look}`}>{statusWords(strings, look, status)}</span>
					<span class="facts">{facts.join(' · ')}</span>
				</p>
				{status !== undefined && status.reason !== '' && <p class="reason">{status.reason}</p>}
				<p class="links">
					<Links label={strings.waitsFor} ids={task?.dependencies ?? []} index={index} state={state} />
					<Links label={strings.unblocks} ids={dependentsOf(index, id)} index={index} state={state} />
				</p>
			</div>
			<Actions state={state} target={{ kind: 'task', id }} />
		</>
	);
}

function timing(index: PlanIndex, strings: ReturnType<typeof useServices>['strings'], id: string): string[] {
	if (index.critical.has(id)) {
		return [strings.critical];
	}
	const slack = index.slack.get(id);
	return slack === undefined || slack === 0 ? [] : [fillIn(strings.slack, formatMinutes(slack, strings))];
}

/** More neighbours than this are counted, not listed. */
const linkLimit = 8;

interface LinksProps extends DetailsProps {
	readonly label: string;
	readonly ids: readonly string[];
}

function Links({ label, ids, index, state }: LinksProps) {
	const { strings, model } = useServices();
	return (
		<span class="linkGroup">
			<span class="linkLabel">{label}</span>
			{ids.length === 0 && <span class="none">{strings.nothing}</span>}
			{ids.slice(0, linkLimit).map((id) => {
				const look = state.tallies?.looks.get(id);
				return look === undefined ? (
					<span key={id} class="unknown" title={strings.unknownTask}>
						{id}
					</span>
				) : (
					<button
						key={id}
						type="button"
						class="link"
						title={`${index.tasks.get(id)?.name ?? id} · ${strings[look]}`}
						onClick={() => model.focus({ kind: 'task', id })}
					>
						<Icon name={`${looks[look]} look-${look}`} />
						{id}
					</button>
				);
			})}
			{ids.length > linkLimit && <span class="none">+{ids.length - linkLimit}</span>}
		</span>
	);
}

function SprintDetails({ state, index, id }: ItemProps) {
	const { strings } = useServices();
	const sprint = index.sprints.get(id);
	const tally = state.tallies?.sprints.get(id);
	const look = tally === undefined ? 'pending' : groupLook(tally);
	return (
		<>
			<div class="what">
				<h2>
					<Icon name={`${looks[look]} look-${look}${look === 'running' ? ' codicon-modifier-spin' : ''}`} />
					<span class="detailName">{sprint?.name || id}</span>
					<span class="detailId">{id}</span>
				</h2>
				<p>
					<span class="facts">{tally === undefined ? '' : tallyWords(strings, tally)}</span>
				</p>
			</div>
			<Actions state={state} target={{ kind: 'sprint', id }} />
		</>
	);
}

interface ActionsProps {
	readonly state: GraphState;
	readonly target: Target;
}

function Actions({ state, target }: ActionsProps) {
	const { strings, model } = useServices();
	const request = (action: GraphAction) => model.act({ action, [target.kind]: target.id });
	return (
		<div class="buttons">
			<RunButton state={state} target={target} />
			{isAtWork(state, target) && (
				<TextButton icon="debug-stop" label={strings.stop} onPress={() => request('stop')} />
			)}
			{target.kind === 'task' ? (
				<TaskButtons state={state} target={target} />
			) : (
				<TextButton
					icon={state.collapsed.has(target.id) ? 'chevron-right' : 'chevron-down'}
					label={state.collapsed.has(target.id) ? strings.expand : strings.collapse}
					onPress={() => model.toggleSprint(target.id)}
				/>
			)}
			<TextButton icon="go-to-file" label={strings.openYaml} onPress={() => request('revealInYaml')} />
			{state.cannotRun !== '' && <p class="why">{state.cannotRun}</p>}
		</div>
	);
}

function isAtWork({ tallies }: GraphState, { kind, id }: Target): boolean {
	if (kind === 'sprint') {
		return (tallies?.sprints.get(id)?.active ?? 0) > 0;
	}
	const look = tallies?.looks.get(id);
	return look !== undefined && isActive(look);
}

const runLabels = { runTask: 'runTask', runSprint: 'runSprint', retryTask: 'retryTask' } as const;

function RunButton({ state, target }: ActionsProps) {
	const { strings, model } = useServices();
	const action = runActionOf(state, target);
	if (action === null) {
		return null;
	}
	const press = () => {
		if (state.cannotRun === '') {
			model.act({ action, [target.kind]: target.id });
		}
	};
	return (
		<button
			type="button"
			class="primary"
			aria-disabled={state.cannotRun !== ''}
			title={state.cannotRun || undefined}
			onClick={press}
		>
			<Icon name={action === 'retryTask' ? 'debug-restart' : 'play'} />
			{strings[runLabels[action]]}
		</button>
	);
}

/** What there is to see of a task that was tried. */
function TaskButtons({ state, target }: ActionsProps) {
	const { strings, model } = useServices();
	const status = state.statuses.get(target.id);
	const request = (action: GraphAction) => model.act({ action, task: target.id });
	return (
		<>
			{status !== undefined && status.startedAt !== null && (
				<TextButton icon="terminal" label={strings.showTerminal} onPress={() => request('showTerminal')} />
			)}
			{status?.hasEvidence === true && (
				<TextButton icon="output" label={strings.openEvidence} onPress={() => request('openEvidence')} />
			)}
		</>
	);
}

interface TextButtonProps {
	readonly icon: string;
	readonly label: string;
	readonly onPress: () => void;
}

function TextButton({ icon, label, onPress }: TextButtonProps) {
	return (
		<button type="button" class="secondary" onClick={onPress}>
			<Icon name={icon} />
			{label}
		</button>
	);
}
