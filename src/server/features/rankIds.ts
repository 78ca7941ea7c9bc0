import { firstAfter } from '../../core/plan/idOccurrences.ts';
import type { Task } from '../../core/plan/plan.ts';
import type { CompletionSite } from './completionSite.ts';
import type { PlanLookup } from './planLookup.ts';

/** An id to offer, with what it is. */
export interface RankedId {
	readonly id: string;
	readonly detail: string;
}

/** Enough to fill any list; sorting 10,000 to show a few would be felt. */
const maxRanked = 201;

/**
 * Tasks that may stand in the list at the cursor, the likeliest first: of the same type, in the same track and sprint,
 * and near in layer. A task is never offered what waits for it, since that would close a circle.
 */
export function rankTasks(lookup: PlanLookup, site: CompletionSite): RankedId[] {
	const own = ownId(lookup, site);
	const typed = typedText(site);
	const taken = new Set(site.node.items.filter((item) => item !== typed));
	const isTask = site.place.mapping === 'task';
	const scoreOf = isTask ? scoreForTask(lookup, own) : scoreForSprint(lookup, own);
	const barred = new Uint8Array(lookup.plan.tasks.length);
	for (const waiter of isTask && own !== undefined ? lookup.allWaitersOf(own) : []) {
		barred[waiter] = 1;
	}
	const wanted = textBefore(site).toLowerCase();
	const { tasks } = lookup.plan;
	// There are few scores, so that these are sorted and not the tasks.
	const byScore: Task[][] = Array.from({ length: mostScore - leastScore + 1 }, () => []);
	for (let number = 0; number < tasks.length; number++) {
		const task = tasks[number];
		if (task === undefined || barred[number] === 1 || task.id === own || !matches(task, wanted)) {
			continue;
		}
		const list = byScore[mostScore - scoreOf(task, number)] ?? [];
		if (list.length < maxRanked && !taken.has(task.id)) {
			list.push(task);
		}
	}
	return byScore
		.flat()
		.slice(0, maxRanked)
		.map((task) => ({ id: task.id, detail: task.name === task.id ? (task.type ?? 'task') : task.name }));
}

/** Sprints that may stand in the list at the cursor. */
export function rankSprints(lookup: PlanLookup, site: CompletionSite): RankedId[] {
	const own = ownId(lookup, site);
	const typed = typedText(site);
	const taken = new Set(site.node.items.filter((item) => item !== typed));
	return lookup.plan.sprints
		.filter(({ id }) => id !== own && !taken.has(id))
		.slice(0, maxRanked)
		.map(({ id, name, goal }) => ({ id, detail: name === id ? (goal ?? 'sprint') : name }));
}

/** What is written before the cursor: the rest of the word is what will be replaced. */
function textBefore({ line, node, position }: CompletionSite): string {
	return line.slice(node.start, position.character).replace(/^["']|["']$/g, '');
}

function typedText({ line, node }: CompletionSite): string {
	return line.slice(node.start, node.end).replace(/^["']|["']$/g, '');
}

/** The task or sprint whose list the cursor is in, as of the last check: the last one that begins before the cursor. */
function ownId(lookup: PlanLookup, { uri, position, place }: CompletionSite): string | undefined {
	const part = lookup.part(uri);
	const items = place.mapping === 'task' ? part?.tasks : part?.sprints;
	return items?.[firstAfter(items, position) - 1]?.id;
}

/** The range of scores, which are whole numbers. */
const [leastScore, mostScore] = [-8, 32];

/** How likely a task is, by what it is and by its number. */
type Score = (task: Task, number: number) => number;

function scoreForTask(lookup: PlanLookup, own: string | undefined): Score {
	const self = own === undefined ? undefined : lookup.tasks.get(own);
	const sprint = own === undefined ? undefined : lookup.sprintOf(own);
	const place = own === undefined ? undefined : lookup.numberOf(own);
	const { order } = lookup;
	const wanted = Math.max(0, (place === undefined ? 0 : order.layerOf(place)) - 1);
	const hasSprints = lookup.plan.sprints.length > 0;
	return (task, number) => {
		const other = hasSprints ? lookup.sprintOf(task.id) : undefined;
		const sameType = self?.type !== undefined && self.type === task.type ? 16 : 0;
		const sameTrack = sprint?.track !== undefined && sprint.track === other?.track ? 12 : 0;
		const sameSprint = sprint !== undefined && sprint === other ? 4 : 0;
		const distance = Math.abs(order.layerOf(number) - wanted);
		return sameType + sameTrack + sameSprint - Math.min(distance, 8);
	};
}

/** Tasks in no sprint come first, then by type and layer of those that the sprint has. */
function scoreForSprint(lookup: PlanLookup, own: string | undefined): Score {
	const members = (own === undefined ? undefined : lookup.sprints.get(own))?.tasks ?? [];
	const tasks = members.flatMap(({ value }) => lookup.tasks.get(value) ?? []);
	const types = new Set(tasks.map(({ type }) => type));
	return (task) => (lookup.sprintOf(task.id) === undefined ? 8 : 0) + (types.has(task.type) ? 2 : 0);
}

/** True when all letters that were typed occur in the id and name in this order, as editors filter. */
function matches({ id, name }: Task, wanted: string): boolean {
	if (wanted === '') {
		return true;
	}
	const text = `${id} ${name}`.toLowerCase();
	let at = 0;
	for (const letter of wanted) {
		at = text.indexOf(letter, at) + 1;
		if (at === 0) {
			return false;
		}
	}
	return true;
}
