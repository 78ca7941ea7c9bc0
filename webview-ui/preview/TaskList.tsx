import { useEffect, useMemo } from 'preact/hooks';
import { Icon } from '../shared/Icon.tsx';
import { spanInView, useScroll } from '../shared/useScroll.ts';
import { commandsOf } from './commandsOf.ts';
import { durationOf, isCritical, titleOf, waitOf, whenOf } from './describeTask.ts';
import { foundTasks } from './foundTasks.ts';
import { usePreview } from './previewContext.ts';
import type { View } from './view.ts';
import { selectedPlace } from './view.ts';

export interface TaskListProps {
	readonly view: View;
	readonly selection: string | null;
	readonly query: string;
}

const rowHeight = 58;

/** The schedule as a list: every task with its time, its agent, what it waited for, its exact commands and checks. */
export function TaskList({ view, selection, query }: TaskListProps) {
	const { strings, model } = usePreview();
	const [scroller, seen] = useScroll<HTMLDivElement>();
	const places = useMemo(() => foundTasks(view, query), [view, query]);
	const selected = selectedPlace(view, selection);
	const [first, end] = spanInView(places.length, { offset: seen.top, extent: seen.height, size: rowHeight });
	const at = places.indexOf(selected);
	useEffect(() => showRow(scroller.current, at), [scroller, at]);
	// The keyboard follows the selection once the row is in the document.
	useEffect(() => {
		const list = scroller.current;
		if (list?.contains(document.activeElement) === true && selection !== null) {
			list.querySelector<HTMLElement>(`[data-row="${CSS.escape(selection)}"]`)?.focus();
		}
	}, [scroller, selection, first]);
	const go = (step: number) => {
		const next = places[Math.max(0, Math.min(places.length - 1, at + step))];
		model.select(next === undefined ? null : (view.tasks[next]?.id ?? null));
	};
	return (
		<div class="taskList">
			<div class="search">
				<Icon name="search" />
				<input
					type="text"
					spellcheck={false}
					placeholder={strings.search}
					aria-label={strings.search}
					value={query}
					onInput={(event) => model.search(event.currentTarget.value)}
				/>
			</div>
			<div class="rows" ref={scroller}>
				<ul aria-label={strings.tasksTab} style={{ height: `${places.length * rowHeight}px` }}>
					{places.slice(first, end).map((place, index) => (
						<Row
							key={place}
							{...{ view, place, index: first + index, count: places.length, go }}
							selected={place === selected}
							reachable={at === -1 ? first + index === first : place === selected}
						/>
					))}
				</ul>
			</div>
		</div>
	);
}

interface RowProps {
	readonly view: View;
	readonly place: number;
	readonly index: number;
	readonly count: number;
	readonly selected: boolean;
	/** The one row that the Tab key leads to; arrow keys go on from there. */
	readonly reachable: boolean;
	readonly go: (step: number) => void;
}

function Row({ view, place, index, count, selected, reachable, go }: RowProps) {
	const { strings, model } = usePreview();
	const task = view.tasks[place];
	if (task === undefined) {
		return null;
	}
	const { work, checks } = commandsOf(task, strings);
	const open = () => model.act({ action: 'revealInYaml', task: task.id });
	const facts = [
		durationOf(view, strings, place),
		whenOf(view, strings, place),
		waitOf(view, strings, place),
	].filter((part) => part !== '');
	return (
		<li aria-posinset={index + 1} aria-setsize={count} style={{ top: `${index * rowHeight}px` }}>
			<button
				type="button"
				class="taskRow"
				aria-pressed={selected}
				tabIndex={reachable ? 0 : -1}
				data-row={task.id}
				onClick={() => model.select(task.id)}
				onDblClick={open}
				onKeyDown={(event) => pressListKey(event, { go, open })}
			>
				<span class="rowTask">
					<span class="rowTitle">
						{isCritical(view, place) && <Icon name="zap" />}
						{titleOf(task)}
					</span>
					<span class="rowFacts">{facts.join(' · ')}</span>
				</span>
				<span class="rowCommands">
					<code title={work.text}>{work.text}</code>
					<span class={checks.length === 0 ? 'rowFacts missing' : 'rowFacts'}>
						{checks.length === 0 ? strings.noChecks : `${strings.checks}: ${checks.join(' && ')}`}
					</span>
				</span>
			</button>
		</li>
	);
}

interface ListKeys {
	readonly go: (step: number) => void;
	readonly open: () => void;
}

const listSteps: Readonly<Record<string, number | undefined>> = {
	ArrowDown: 1,
	ArrowUp: -1,
	PageDown: 10,
	PageUp: -10,
	Home: Number.NEGATIVE_INFINITY,
	End: Number.POSITIVE_INFINITY,
};

function pressListKey(event: KeyboardEvent, { go, open }: ListKeys): void {
	const step = listSteps[event.key];
	if (step !== undefined) {
		event.preventDefault();
		go(step);
	} else if (event.key === 'Enter') {
		event.preventDefault();
		open();
	}
}

function showRow(scroller: HTMLElement | null, row: number): void {
	if (scroller === null || row === -1) {
		return;
	}
	const top = row * rowHeight;
	if (top < scroller.scrollTop || top + rowHeight > scroller.scrollTop + scroller.clientHeight) {
		scroller.scrollTop = top - (scroller.clientHeight - rowHeight) / 2;
	}
}
