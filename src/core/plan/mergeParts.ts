import type { AgentDefinition, Plan, PlanForm, PlanId, Sprint, Task, Track } from './plan.ts';
import type { PlanHeader } from './planHeader.ts';
import type { HeaderPart } from './readHeader.ts';
import type { PlanPart } from './readPart.ts';
import { baseName } from './uris.ts';

/**
 * One plan from what its files say. Of tasks and sprints with one id the first counts, so that a plan with a clash can
 * still be shown; the clash itself is `checkIds`' to report.
 */
export function mergeParts(id: PlanId, form: PlanForm, parts: readonly PlanPart[]): Plan {
	const agents = new Map<string, AgentDefinition>();
	for (const agent of parts.flatMap((part) => part.agents)) {
		agents.set(agent.name, agent);
	}
	const sprints = firstOfEach(listOf(parts, (part) => part.sprints));
	return {
		id,
		form,
		header: mergeHeaders(id, form, parts),
		agents,
		tracks: mergeTracks(parts, sprints),
		sprints,
		tasks: firstOfEach(listOf(parts, (part) => part.tasks)),
		files: parts.map((part) => part.uri),
	};
}

/** The list itself where no id comes twice, as in most plans: it is not copied. */
function firstOfEach<T extends Task | Sprint>(items: readonly T[]): readonly T[] {
	const found = new Map<string, T>();
	for (const item of items) {
		if (!found.has(item.id)) {
			found.set(item.id, item);
		}
	}
	return found.size === items.length ? items : [...found.values()];
}

/** What all parts have; the list of the only part that has any is not copied. */
function listOf<T>(parts: readonly PlanPart[], itemsOf: (part: PlanPart) => readonly T[]): readonly T[] {
	const [first, ...others] = parts.map(itemsOf).filter((items) => items.length > 0);
	return others.length === 0 ? (first ?? []) : [...(first ?? []), ...others.flat()];
}

/** Whose word counts: the header file, then the PRD of the project, then those of features and issues. */
function rankOf(part: PlanPart): number {
	if (part.kind !== 'prd') {
		return 0;
	}
	return baseName(part.uri).startsWith('PROJECT_') ? 1 : 2;
}

function mergeHeaders(id: PlanId, form: PlanForm, parts: readonly PlanPart[]): PlanHeader {
	const heads = [...parts].sort((a, b) => rankOf(a) - rankOf(b)).map((part) => part.header);
	let merged: HeaderPart = {};
	for (const head of heads) {
		merged = { ...head, ...merged };
	}
	const name = form === 'folder' ? baseName(id.rootUri) : id.key;
	return { defaultVerify: [], ...merged, name: merged.name ?? name };
}

/** Declared tracks, then names from a state file, then `Track N` for the rest that sprints speak of. */
function mergeTracks(parts: readonly PlanPart[], sprints: readonly Sprint[]): Track[] {
	const tracks = new Map<number, Track>();
	const declared = parts.filter((part) => part.kind !== 'state').flatMap((part) => part.tracks);
	const remembered = parts.filter((part) => part.kind === 'state').flatMap((part) => part.tracks);
	for (const track of declared) {
		if (!tracks.has(track.number)) {
			tracks.set(track.number, track);
		}
	}
	const used = new Set(sprints.flatMap((sprint) => (sprint.track === undefined ? [] : [sprint.track])));
	for (const number of used) {
		if (!tracks.has(number)) {
			const name = remembered.find((track) => track.number === number)?.name;
			tracks.set(number, { number, name: name ?? `Track ${number}` });
		}
	}
	return [...tracks.values()].sort((a, b) => a.number - b.number);
}
