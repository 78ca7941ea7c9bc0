import type { RefObject } from 'preact';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { findTasks } from './found.ts';
import type { GraphState } from './graphState.ts';
import type { PlanIndex } from './planIndex.ts';
import type { Look } from './taskLook.ts';
import { looks } from './taskLook.ts';
import { useServices } from './viewContext.ts';

export interface ToolbarProps {
	readonly state: GraphState;
	readonly index: PlanIndex;
	readonly searchBox: RefObject<HTMLInputElement | null>;
	/** Gives the focus back to the drawing. */
	readonly leave: () => void;
}

/** Search, legend with counts (which filters), and what concerns the drawing as a whole. */
export function Toolbar({ state, index, searchBox, leave }: ToolbarProps) {
	const { strings, model } = useServices();
	const hasSprints = index.plan.sprints.length > 0;
	const { errors } = index.plan;
	return (
		<header class="toolbar">
			<SearchBox state={state} index={index} searchBox={searchBox} leave={leave} />
			<Legend state={state} />
			<div class="actions">
				{errors > 0 && (
					<button type="button" class="problems" onClick={() => model.act({ action: 'showProblems' })}>
						<Icon name="error" />
						<span>{errors === 1 ? strings.oneError : fillIn(strings.errors, errors)}</span>
					</button>
				)}
				{index.critical.size > 1 && (
					<IconButton
						icon="zap"
						label={fillIn(strings.criticalPath, formatMinutes(index.criticalMinutes, strings))}
						pressed={state.showCritical}
						onPress={() => model.toggleCritical()}
					/>
				)}
				{hasSprints && (
					<>
						<IconButton icon="collapse-all" label={strings.collapseAll} onPress={() => model.collapseAll()} />
						<IconButton icon="expand-all" label={strings.expandAll} onPress={() => model.expandAll()} />
					</>
				)}
				<IconButton
					icon="run-all"
					label={state.cannotRun || strings.runPlan}
					disabled={state.cannotRun !== ''}
					onPress={() => model.act({ action: 'runAll' })}
				/>
			</div>
		</header>
	);
}

function SearchBox({ state, index, searchBox, leave }: ToolbarProps) {
	const { strings, model } = useServices();
	const found = state.query === '' ? null : findTasks(state, index);
	const next = (backwards: boolean) => {
		if (found === null || found.length === 0) {
			return;
		}
		const current = state.selection?.kind === 'task' ? found.indexOf(state.selection.id) : -1;
		const place = current === -1 ? (backwards ? -1 : 0) : current + (backwards ? -1 : 1);
		const id = found.at(place % found.length);
		if (id !== undefined) {
			model.focus({ kind: 'task', id });
		}
	};
	return (
		<div class="search">
			<Icon name="search" />
			<input
				ref={searchBox}
				type="text"
				spellcheck={false}
				placeholder={`${strings.search} (/)`}
				aria-label={strings.search}
				value={state.query}
				onInput={(event) => model.search(event.currentTarget.value)}
				onKeyDown={(event) => {
					if (event.key === 'Enter') {
						next(event.shiftKey);
					} else if (event.key === 'Escape') {
						model.search('');
						leave();
					}
				}}
			/>
			{found !== null && (
				<span class="matches" role="status">
					{found.length === 0
						? strings.noMatch
						: fillIn(strings.matches, found.length, index.plan.tasks.length)}
				</span>
			)}
		</div>
	);
}

/** With more kinds of state than this the legend shows signs and counts alone; their titles say what they mean. */
const labelled = 7;

function Legend({ state }: Pick<ToolbarProps, 'state'>) {
	const { strings, model } = useServices();
	const counts = state.tallies?.counts;
	const present = (Object.keys(looks) as Look[]).filter(
		(look) => (counts?.[look] ?? 0) > 0 || state.filter.has(look),
	);
	return (
		<ul class={present.length > labelled ? 'legend tight' : 'legend'}>
			{present.map((look) => (
				<li key={look}>
					<button
						type="button"
						class={`chip look-${look}`}
						aria-pressed={state.filter.has(look)}
						title={fillIn(strings.filterBy, strings[look], counts?.[look] ?? 0)}
						aria-label={fillIn(strings.filterBy, strings[look], counts?.[look] ?? 0)}
						onClick={() => model.toggleFilter(look)}
					>
						<Icon name={looks[look]} />
						<span class="count">{counts?.[look] ?? 0}</span>
						<span class="label">{strings[look]}</span>
					</button>
				</li>
			))}
		</ul>
	);
}
