import type { StampedEvent } from './events.ts';
import type { Explanation } from './explanation.ts';
import type { RunTable } from './runTable.ts';
import { enumerate } from './summarise.ts';

/** Where a task comes from that the run did not begin with: the replan that added it, and what was found (R2, R3). */
export function explainReplan(table: RunTable, id: string, events: readonly StampedEvent[]): Explanation[] {
	const replan = table.replans.applied.find(({ added }) => added.includes(id));
	if (replan === undefined) {
		return [];
	}
	const { number, version, reason, trigger, by } = replan;
	const where = trigger.length === 0 ? '' : ` while working on ${enumerate(trigger)}`;
	const found = reason === '' ? 'more to do' : `“${reason}”`;
	return [
		{
			about: 'replan',
			sentence: `Replan ${number} added it (version ${version} of the plan, decided by ${by}), because ${found} was found${where}.`,
			events: events.filter((event) =>
				event.kind === 'discovery-noted'
					? replan.discoveries.includes(event.id)
					: event.kind === 'replan-applied' && event.number === number,
			),
		},
	];
}
