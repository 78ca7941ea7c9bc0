import { useRef } from 'preact/hooks';
import { usePreview } from './previewContext.ts';
import type { Tab } from './previewState.ts';
import { tabs } from './previewState.ts';

export interface TabsProps {
	readonly tab: Tab;
	readonly warnings: number;
	readonly tasks: number;
}

const labels = {
	schedule: 'scheduleTab',
	layers: 'layersTab',
	tasks: 'tasksTab',
	warnings: 'warningsTab',
} as const;

/** Which part of the forecast is shown below the figures. */
export function Tabs({ tab, warnings, tasks }: TabsProps) {
	const { strings, model } = usePreview();
	const list = useRef<HTMLDivElement>(null);
	const counts: Partial<Record<Tab, number>> = { warnings, tasks };
	const go = (step: number) => {
		const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? tab;
		model.show(next);
		list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
	};
	return (
		<div
			class="tabs"
			role="tablist"
			ref={list}
			onKeyDown={(event) => {
				if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
					event.preventDefault();
					go(event.key === 'ArrowRight' ? 1 : -1);
				}
			}}
		>
			{tabs.map((name) => (
				<button
					key={name}
					id={`tab-${name}`}
					type="button"
					role="tab"
					class={name === 'warnings' && warnings > 0 ? 'tab attention' : 'tab'}
					aria-selected={name === tab}
					aria-controls="panel"
					tabIndex={name === tab ? 0 : -1}
					onClick={() => model.show(name)}
				>
					{strings[labels[name]]}
					{(counts[name] ?? 0) > 0 && <span class="count">{counts[name]}</span>}
				</button>
			))}
		</div>
	);
}
