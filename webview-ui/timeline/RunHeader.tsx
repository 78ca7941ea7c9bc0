import type { ShownPlan } from '../../src/protocol/previewView.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { formatSeconds } from '../shared/formatSeconds.ts';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { doneWords } from './runFigures.ts';
import { useTimeline } from './timelineContext.ts';
import type { TimelineState } from './timelineState.ts';
import { isLive } from './timelineState.ts';

export interface RunHeaderProps {
	readonly state: TimelineState;
	readonly shown: ShownPlan;
	/** Minutes the run has taken. */
	readonly actual: number;
	/** Whether the forecast is drawn below what happened; null where nothing happened yet. */
	readonly showsPlan: boolean | null;
}

const runIcons = {
	running: 'sync codicon-modifier-spin',
	stopping: 'debug-stop',
	interrupted: 'debug-disconnect',
	idle: 'circle-outline',
	completed: 'pass-filled',
} as const;

/** Which run this is and how it stands, against its forecast. */
export function RunHeader({ state, shown, actual, showsPlan }: RunHeaderProps) {
	const { strings, model } = useTimeline();
	const { run, forecast } = state;
	return (
		<header class="toolbar">
			{run === null ? (
				<span class="runWords">
					<Icon name="calendar" /> {strings.notRun}
				</span>
			) : (
				<span class={`runWords ${run.state}`}>
					<Icon name={runIcons[run.state]} /> {strings[run.state]}
					<span class="runFacts">{runFacts(state, { shown, actual, strings })}</span>
				</span>
			)}
			{forecast !== null && (
				<span class="runFacts">
					{fillIn(strings.forecastSays, formatMinutes(forecast.makespanMinutes, strings))}
				</span>
			)}
			<Legend planned={run === null || showsPlan === null} plan={showsPlan === true} />
			<div class="actions">
				<Problems errors={shown.errors} />
				{showsPlan !== null && (
					<IconButton
						icon="calendar"
						label={strings.showPlan}
						pressed={showsPlan}
						onPress={() => model.showPlan(!showsPlan)}
					/>
				)}
				{isLive(state) && (
					<IconButton icon="debug-stop" label={strings.stop} onPress={() => model.act({ action: 'stop' })} />
				)}
				<button type="button" class="secondary" onClick={() => model.act({ action: 'previewRun' })}>
					<Icon name="eye" />
					{strings.preview}
				</button>
			</div>
		</header>
	);
}

function Problems({ errors }: { readonly errors: number }) {
	const { strings, model } = useTimeline();
	return errors === 0 ? null : (
		<button type="button" class="problems" onClick={() => model.act({ action: 'showProblems' })}>
			<Icon name="error" />
			<span>{errors === 1 ? strings.oneError : fillIn(strings.errors, errors)}</span>
		</button>
	);
}

function runFacts(
	state: TimelineState,
	{
		shown,
		actual,
		strings,
	}: Pick<RunHeaderProps, 'shown' | 'actual'> & { strings: ReturnType<typeof useTimeline>['strings'] },
): string {
	const time = formatSeconds(actual * 60_000, strings);
	const done = doneWords(state.tasks, { total: shown.plan.tasks.length, words: strings.doneOf });
	const id = state.run?.id ?? '';
	return [fillIn(isLive(state) ? strings.elapsed : strings.took, time), done, id].join(' · ');
}

/** What the bars mean. */
function Legend({ planned, plan }: { readonly planned: boolean; readonly plan: boolean }) {
	const { strings } = useTimeline();
	const entries = planned
		? ([
				['planned', strings.planned],
				['critical', strings.onCritical],
			] as const)
		: ([
				['completed', strings.work],
				['running', strings.underWay],
				['unverified', strings.unverifiedWork],
				['failed', strings.failedWork],
				['checkPassed', strings.checks],
				...(plan ? ([['plan', strings.planned]] as const) : []),
			] as const);
	return (
		<ul class="barLegend">
			{entries.map(([kind, label]) => (
				<li key={kind}>
					<span class={`swatch ${kind}`} />
					{label}
				</li>
			))}
		</ul>
	);
}
