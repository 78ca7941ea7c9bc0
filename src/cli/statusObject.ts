import type { RunView } from '../engine/journal/runView.ts';

/** `status --json`, also the last output of `run --json`. Times in milliseconds since the epoch are not part of it. */
export interface StatusObject {
	readonly run: string | null;
	readonly state: string;
	readonly tasks: Readonly<
		Record<
			string,
			{
				readonly status: string;
				readonly iteration: number;
				readonly tier: string | null;
				readonly validation: string | null;
				readonly reason: string;
			}
		>
	>;
	readonly totals: Readonly<Record<string, number>>;
	readonly problems: readonly string[];
}

/** The status of a run, or of a plan that was never run: `run: null`, everything pending. */
export function statusObject(view: RunView | null, taskIds: readonly string[]): StatusObject {
	if (view === null) {
		const pending = { status: 'pending', iteration: 0, tier: null, validation: null, reason: '' };
		return {
			run: null,
			state: 'idle',
			tasks: Object.fromEntries(taskIds.map((id) => [id, pending])),
			totals: {
				total: taskIds.length,
				completed: 0,
				failed: 0,
				running: 0,
				blocked: 0,
				waiting: taskIds.length,
			},
			problems: [],
		};
	}
	const tasks = [...view.summaries].map((task) => {
		const { status, iteration, validation, reason } = task;
		return [task.id, { status, iteration, tier: iteration === 0 ? null : 'T1', validation, reason }] as const;
	});
	return {
		run: view.run,
		state: view.state,
		tasks: Object.fromEntries(tasks),
		totals: { ...view.totals },
		problems: view.problems,
	};
}
