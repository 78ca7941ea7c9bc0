import type { strategyNames as names } from '../../src/core/plan/headerFields.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import type { PreviewScope, ShownPlan } from '../../src/protocol/previewView.ts';
import { pure } from '../shared/component.ts';
import { fillIn } from '../shared/fillIn.ts';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { usePreview } from './previewContext.ts';
import { maxAgents } from './previewModel.ts';
import type { PreviewState } from './previewState.ts';

/** Only the type comes from the field table: the table itself is for readers of plans. */
const strategyNames: typeof names = [
	'aggressive',
	'conservative',
	'hybrid',
	'sequential',
	'tracks',
	'batches',
	'dynamic',
];

export interface ControlsProps {
	readonly state: PreviewState;
	readonly shown: ShownPlan;
}

/** What runs, how, with how many agents; and the button that does it. */
export function Controls({ state, shown }: ControlsProps) {
	const { strings, model } = usePreview();
	const { errors } = shown;
	return (
		<header class="toolbar controls">
			<ScopeChoice scope={state.choice.scope} tracks={shown.plan.tracks} sprints={shown.plan.sprints} />
			<StrategyChoice state={state} shown={shown} />
			<AgentsChoice state={state} shown={shown} />
			<div class="actions">
				{errors > 0 && (
					<button
						type="button"
						class="problems"
						title={strings.hasErrors}
						onClick={() => model.act({ action: 'showProblems' })}
					>
						<Icon name="error" />
						<span>{errors === 1 ? strings.oneError : fillIn(strings.errors, errors)}</span>
					</button>
				)}
				<IconButton
					icon="history"
					label={strings.timeline}
					onPress={() => model.act({ action: 'openTimeline' })}
				/>
				<RunButton state={state} shown={shown} />
			</div>
		</header>
	);
}

function RunButton({ state, shown }: ControlsProps) {
	const { strings, model } = usePreview();
	const why = state.cannotRun || (shown.errors > 0 ? strings.hasErrors : '');
	const count = state.forecast?.tasks.length ?? 0;
	const label =
		count === 1 ? strings.runOneTask : count === 0 ? strings.run : fillIn(strings.runTasks, count);
	return (
		<button
			type="button"
			class="primary runButton"
			aria-disabled={why !== ''}
			title={why || undefined}
			onClick={() => why === '' && model.run()}
		>
			<Icon name="play" />
			{label}
		</button>
	);
}

interface ScopeChoiceProps extends Pick<RunPlan, 'tracks' | 'sprints'> {
	readonly scope: PreviewScope;
}

/** Hundreds of sprints are as many elements: drawn only when they change. */
const ScopeChoice = pure(({ scope, tracks, sprints }: ScopeChoiceProps) => {
	const { strings, model } = usePreview();
	return (
		<label class="choice">
			<span>{strings.scope}</span>
			<select
				class="scopeSelect"
				value={JSON.stringify(scope)}
				onChange={(event) => model.chooseScope(JSON.parse(event.currentTarget.value) as PreviewScope)}
			>
				<ScopeOption scope={{ kind: 'all' }} label={strings.wholePlan} />
				{scope.kind === 'task' && <ScopeOption scope={scope} label={fillIn(strings.oneTaskOnly, scope.id)} />}
				{tracks.length > 0 && (
					<optgroup label={strings.tracks}>
						{tracks.map(({ number, name }) => (
							<ScopeOption
								key={number}
								scope={{ kind: 'track', number }}
								label={`${fillIn(strings.trackScope, number)}${name === '' ? '' : ` · ${name}`}`}
							/>
						))}
					</optgroup>
				)}
				{sprints.length > 0 && (
					<optgroup label={strings.sprints}>
						{sprints.map(({ id, name }) => (
							<ScopeOption
								key={id}
								scope={{ kind: 'sprint', id }}
								label={name === '' || name === id ? id : `${id} · ${name}`}
							/>
						))}
					</optgroup>
				)}
			</select>
		</label>
	);
});

function ScopeOption({ scope, label }: { readonly scope: PreviewScope; readonly label: string }) {
	return <option value={JSON.stringify(scope)}>{label}</option>;
}

function StrategyChoice({ state, shown }: ControlsProps) {
	const { strings, model } = usePreview();
	const words: Readonly<Record<(typeof strategyNames)[number], string>> = {
		aggressive: strings.aggressive,
		conservative: strings.conservative,
		hybrid: strings.hybrid,
		sequential: strings.sequential,
		tracks: strings.tracksStrategy,
		batches: strings.batches,
		dynamic: strings.dynamic,
	};
	const own = shown.ownStrategy;
	const chosen = strategyNames.find((name) => name === (state.choice.strategy ?? own));
	return (
		<label class="choice">
			<span>{strings.strategy}</span>
			<select
				class="strategySelect"
				title={chosen === undefined ? undefined : words[chosen]}
				value={state.choice.strategy ?? own}
				onChange={(event) => {
					const { value } = event.currentTarget;
					model.chooseStrategy(value === own ? null : value);
				}}
			>
				{strategyNames.map((name) => (
					<option key={name} value={name} title={words[name]}>
						{name === own ? fillIn(strings.planStrategy, name) : name}
					</option>
				))}
			</select>
		</label>
	);
}

function AgentsChoice({ state }: ControlsProps) {
	const { strings, model } = usePreview();
	const agents = state.choice.agents ?? state.forecast?.agents ?? 1;
	return (
		<div class="choice agents">
			<label>
				<span>{strings.agents}</span>
				<input
					class="agentsInput"
					type="number"
					min={1}
					max={maxAgents}
					value={agents}
					onInput={(event) => {
						const { valueAsNumber } = event.currentTarget;
						if (Number.isFinite(valueAsNumber)) {
							model.chooseAgents(valueAsNumber);
						}
					}}
				/>
			</label>
			<IconButton icon="remove" label={strings.fewerAgents} onPress={() => model.chooseAgents(agents - 1)} />
			<IconButton icon="add" label={strings.moreAgents} onPress={() => model.chooseAgents(agents + 1)} />
			{state.choice.agents !== null && (
				<IconButton icon="discard" label={strings.ownAgents} onPress={() => model.chooseAgents(null)} />
			)}
		</div>
	);
}
