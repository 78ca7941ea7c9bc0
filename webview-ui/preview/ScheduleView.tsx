import { useMemo } from 'preact/hooks';
import { Gantt } from '../gantt/Gantt.tsx';
import { fillIn } from '../shared/fillIn.ts';
import { sentenceOfTask } from './describeTask.ts';
import { usePreview } from './previewContext.ts';
import { scheduleRows } from './scheduleRows.ts';
import type { View } from './view.ts';
import { selectedPlace } from './view.ts';

export interface ScheduleViewProps {
	readonly view: View;
	readonly selection: string | null;
}

/** The simulated run as bars, a row for each agent. */
export function ScheduleView({ view, selection }: ScheduleViewProps) {
	const { strings, model, fitter } = usePreview();
	const data = useMemo(() => scheduleRows(view.forecast, strings), [view.forecast, strings]);
	const idOf = (item: number) => view.tasks[item]?.id ?? null;
	return (
		<Gantt
			data={data}
			labelOf={(item) => view.tasks[item]?.name ?? ''}
			selected={selectedPlace(view, selection)}
			now={null}
			firstRow={-1}
			fitTo={null}
			rowHeight={view.forecast.slotCount <= 8 ? 44 : 32}
			words={strings}
			fitter={fitter}
			label={fillIn(strings.ganttLabel, view.shown.plan.name, strings.tasksTab)}
			zoomWords={strings}
			sentenceOf={(item) => sentenceOfTask(view, strings, item)}
			onSelect={(item) => model.select(idOf(item))}
			onOpen={(item) => {
				const task = idOf(item);
				if (task !== null) {
					model.act({ action: 'revealInYaml', task });
				}
			}}
		/>
	);
}
