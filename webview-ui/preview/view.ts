import { rowsOf } from '../../src/core/run/gateUnits.ts';
import type { RunTask } from '../../src/core/run/runPlan.ts';
import type { ShownPlan } from '../../src/protocol/previewView.ts';
import type { Forecast, ForecastWarning } from '../forecast/forecast.ts';
import type { PreviewState } from './previewState.ts';

/** A forecast with the plan it is of, and what is looked up in both. */
export interface View {
	readonly shown: ShownPlan;
	readonly forecast: Forecast;
	readonly tasks: readonly RunTask[];
	/** Place in the plan's list, by id. */
	readonly places: ReadonlyMap<string, number>;
	/** Place in the forecast, by place in the plan's list; -1 where it is not scheduled. */
	readonly order: Int32Array;
	readonly warnings: readonly ForecastWarning[];
}

const views = new WeakMap<Forecast, View>();

const indices = new WeakMap<ShownPlan, Pick<View, 'tasks' | 'places'>>();

/** What stays while the same plan is simulated again and again. */
function indexOf(shown: ShownPlan): Pick<View, 'tasks' | 'places'> {
	const known = indices.get(shown);
	if (known !== undefined) {
		return known;
	}
	const tasks = rowsOf(shown.plan, []);
	const index = { tasks, places: new Map(tasks.map(({ id }, place) => [id, place])) };
	indices.set(shown, index);
	return index;
}

/** The view of a state; null while there is no forecast. The same forecast of the same plan gives the same object. */
export function viewOf(state: PreviewState, shown: ShownPlan): View | null {
	const { forecast } = state;
	if (forecast === null) {
		return null;
	}
	const known = views.get(forecast);
	if (known?.shown === shown) {
		return known;
	}
	const { tasks, places } = indexOf(shown);
	const order = new Int32Array(tasks.length).fill(-1);
	for (let index = 0; index < forecast.tasks.length; index++) {
		order[forecast.tasks[index] ?? -1] = index;
	}
	const view: View = {
		shown,
		forecast,
		tasks,
		places,
		order,
		warnings: [
			...[...shown.faults, ...shown.warnings].map(({ task, message }) => ({
				task: task === '' ? null : task,
				message,
			})),
			...forecast.warnings,
		],
	};
	views.set(forecast, view);
	return view;
}

/** Where the selected task is in the plan's list; -1 for none. */
export function selectedPlace(view: View, selection: string | null): number {
	return selection === null ? -1 : (view.places.get(selection) ?? -1);
}
