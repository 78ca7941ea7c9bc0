import type { IdOccurrence } from '../../core/plan/idOccurrences.ts';
import type { Sprint, Task } from '../../core/plan/plan.ts';
import type { PlanLookup } from './planLookup.ts';
import { asCode, asMarkdownText, formatMinutes } from './wording.ts';

/** Names that a list on a card spells out; the rest is counted. */
const maxNames = 8;

/** What is known of an id, as Markdown that holds no markup of the user. */
export function hoverCard(lookup: PlanLookup, { kind, id }: IdOccurrence): string {
	switch (kind) {
		case 'task': {
			const task = lookup.tasks.get(id);
			return task === undefined ? `There is no task ${asCode(id)} in this plan.` : taskCard(lookup, task);
		}
		case 'sprint': {
			const sprint = lookup.sprints.get(id);
			return sprint === undefined
				? `There is no sprint ${asCode(id)} in this plan.`
				: sprintCard(lookup, sprint);
		}
		case 'agent':
			return agentCard(lookup, id);
	}
}

function taskCard(lookup: PlanLookup, task: Task): string {
	const sprint = lookup.sprintOf(task.id);
	const facts = [
		...(task.type === undefined ? [] : [asMarkdownText(task.type)]),
		...(task.estimateMinutes === undefined ? [] : [formatMinutes(task.estimateMinutes)]),
		...(task.agent === undefined ? [] : [`agent ${asCode(task.agent.value)}`]),
		...(sprint === undefined ? [] : [`sprint ${asCode(sprint.id)}`]),
		...trackName(lookup, sprint?.track),
	];
	const needs = task.dependencies.map(({ value }) => value);
	return paragraphs([
		`**${asMarkdownText(task.id)}**${task.name === task.id ? '' : ` ${asMarkdownText(task.name)}`}`,
		facts.join(' · '),
		standingText(lookup, task.id),
		needs.length === 0 ? 'Waits for nothing.' : `Waits for ${list(lookup, needs)}.`,
		waiters(lookup, task.id),
		task.description === undefined ? '' : asMarkdownText(cut(task.description)),
	]);
}

function standingText(lookup: PlanLookup, id: string): string {
	const standing = lookup.standingOf(id);
	if (standing === null) {
		return '';
	}
	if (standing.isOnCycle) {
		return 'It waits for itself in a circle, so it has no layer.';
	}
	const { layer, slackMinutes } = standing;
	if (slackMinutes === null) {
		return `Layer ${layer}`;
	}
	return `Layer ${layer} · ${slackMinutes === 0 ? 'on the critical path' : `slack ${formatMinutes(slackMinutes)}`}`;
}

function waiters(lookup: PlanLookup, id: string): string {
	const direct = lookup.waitersOf(id);
	if (direct.length === 0) {
		return 'Nothing waits for it.';
	}
	const all = lookup.allWaitersOf(id).length;
	const more = all > direct.length ? `, ${all} with all that follows` : '';
	return `${list(lookup, direct)} ${direct.length === 1 ? 'waits' : 'wait'} for it${more}.`;
}

function sprintCard(lookup: PlanLookup, sprint: Sprint): string {
	const tasks = sprint.tasks.map(({ value }) => value);
	const minutes = tasks.reduce((sum, id) => sum + (lookup.tasks.get(id)?.estimateMinutes ?? 0), 0);
	const needs = sprint.dependencies.map(({ value }) => asCode(value));
	return paragraphs([
		`**${asMarkdownText(sprint.id)}**${sprint.name === sprint.id ? '' : ` ${asMarkdownText(sprint.name)}`}`,
		[
			'sprint',
			...trackName(lookup, sprint.track),
			`${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`,
			...(minutes > 0 ? [formatMinutes(minutes)] : []),
		].join(' · '),
		sprint.goal === undefined ? '' : asMarkdownText(cut(sprint.goal)),
		tasks.length === 0 ? '' : `Tasks: ${list(lookup, tasks)}.`,
		needs.length === 0 ? '' : `Waits for ${needs.join(', ')}.`,
	]);
}

function agentCard(lookup: PlanLookup, name: string): string {
	const agent = lookup.plan.agents.get(name);
	const users = lookup.plan.tasks.filter((task) => task.agent?.value === name).length;
	const used = `${users} ${users === 1 ? 'task names' : 'tasks name'} it.`;
	if (name === 'shell') {
		return paragraphs(['**shell** runs the command of the task.', used]);
	}
	if (agent === undefined) {
		const where = lookup.settingsAgents.includes(name)
			? 'is declared in the settings.'
			: 'is declared nowhere.';
		return paragraphs([`Agent ${asCode(name)} ${where}`, used]);
	}
	const { command, args = [], base } = agent;
	const words =
		command === undefined ? args : command.kind === 'argv' ? [...command.argv, ...args] : [command.line];
	const line = words.length === 0 ? '' : asCode(cut(words.join(' ')));
	const variant = `Is ${asCode(base?.value ?? '')}${line === '' ? '' : ` with ${line}`}.`;
	return paragraphs([
		`**${asMarkdownText(name)}** · agent`,
		command === undefined ? variant : `Runs ${line}.`,
		used,
	]);
}

function trackName(lookup: PlanLookup, track: number | undefined): string[] {
	const name = lookup.plan.tracks.find(({ number }) => number === track)?.name;
	return track === undefined ? [] : [`track ${track}${name === undefined ? '' : ` ${asMarkdownText(name)}`}`];
}

function list(lookup: PlanLookup, ids: readonly string[]): string {
	const shown = ids.slice(0, maxNames).map((id) => {
		const name = lookup.tasks.get(id)?.name ?? id;
		return name === id ? asCode(id) : `${asCode(id)} ${asMarkdownText(cut(name, 60))}`;
	});
	const rest = ids.length - shown.length;
	return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function cut(text: string, length = 300): string {
	return text.length > length ? `${text.slice(0, length)}…` : text;
}

function paragraphs(texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join('\n\n');
}
