import type { View } from './view.ts';

/** Places of the tasks of a forecast whose id, name or command holds the query, in order of start; unscheduled ones last. */
export function foundTasks(view: View, query: string): readonly number[] {
	const scheduled = Array.from(view.forecast.tasks);
	const wanted = query.trim().toLocaleLowerCase();
	if (wanted === '') {
		return scheduled;
	}
	return scheduled.filter((place) => {
		const task = view.tasks[place];
		return task !== undefined && `${task.id} ${task.name}`.toLocaleLowerCase().includes(wanted);
	});
}
