import type { GateDefinition, GateSlot } from './gateDefinition.ts';
import { gateLevelOfStrategy, gateSets, setSlotName } from './gateSets.ts';
import { nearest } from './nearest.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import { makeProblem } from './sourceFile.ts';

/** Gates that would say nothing: slots without a check, gates the strategy leaves out, names of nothing (G1, S1). */
export function checkGates(plan: Plan): Problem[] {
	const gates = plan.header.gates ?? [];
	const level = plan.header.gateLevel ?? gateLevelOfStrategy[plan.header.strategy?.value ?? ''] ?? 'standard';
	return [
		...gates.flatMap((gate) => [
			...openSlots([...gate.slots, ...unnamedSlots(gate)], gate.name),
			...leftOut(gate, level),
			...namesOfNothing(plan, gate),
		]),
		...plan.sprints.flatMap(({ id, pipeline }) => openSlots(pipeline?.validation ?? [], id)),
		...batchMembers(plan),
	];
}

function openSlots(slots: readonly GateSlot[], where: string): Problem[] {
	return slots
		.filter(({ checks }) => checks.length === 0)
		.map(({ name, range }) => {
			const message = `\`${name}\` of \`${where}\` has no check: it is shown as not configured, and never as passed. Add \`${name}: {run: [program, arguments]}\`.`;
			return makeProblem('SY330', range, message, { data: { name } });
		});
}

/** The questions of a built-in set that the gate does not even name. */
function unnamedSlots({ set, slots, range }: GateDefinition): GateSlot[] {
	const asked = set === undefined ? [] : [...new Set(Object.values(gateSets[set]).flat())];
	const named = new Set(slots.map(({ name }) => setSlotName(name)));
	return asked.filter((name) => !named.has(name)).map((name) => ({ name, checks: [], range }));
}

function leftOut({ at, set, name, range }: GateDefinition, level: string): Problem[] {
	const isAtLayer = at === 'layer' || (at === undefined && set === 'orca');
	const isMissing = (level === 'basic' && at !== 'task') || (level === 'standard' && isAtLayer);
	if (!isMissing) {
		return [];
	}
	const runs = level === 'basic' ? 'the checks of tasks alone' : 'no gates at layers';
	const wanted = isAtLayer ? 'strict' : 'standard';
	const message = `\`${name}\` is not run: the strategy of this plan runs ${runs}. Add \`gate_level: ${wanted}\` to \`plan\` if it should.`;
	return [makeProblem('SY331', range, message, { data: { level: wanted } })];
}

function namesOfNothing(plan: Plan, { at, only }: GateDefinition): Problem[] {
	const known = knownNames(plan, at);
	if (known === null) {
		return [];
	}
	return only
		.filter(({ value }) => !known.has(value))
		.map(({ value, range }) => {
			const near = nearest(value, known);
			const help = near === null ? '' : ` Did you mean \`${near}\`?`;
			const message = `There is no ${at} \`${value}\`: the gate does not stand there.${help}`;
			return makeProblem('SY332', range, message, { data: near === null ? {} : { replacement: near } });
		});
}

/** Null where the plan alone does not tell: layers are computed. */
function knownNames(plan: Plan, at: GateDefinition['at']): ReadonlySet<string> | null {
	switch (at) {
		case 'task':
			return new Set(plan.tasks.map(({ id }) => id));
		case 'sprint':
			return new Set(plan.sprints.flatMap(({ id, track }) => [id, String(track ?? '')]));
		case 'track':
			return new Set(plan.tracks.map(({ number }) => String(number)));
		default:
			return null;
	}
}

/** A batch can only order what its sprint does. */
function batchMembers(plan: Plan): Problem[] {
	return plan.sprints.flatMap(({ id, tasks, pipeline }) => {
		const members = new Set(tasks.map(({ value }) => value));
		return (pipeline?.batches ?? [])
			.flatMap((batch) => batch.tasks)
			.filter(({ value }) => !members.has(value))
			.map(({ value, range }) => {
				const message = `\`${value}\` is in a batch of \`${id}\`, and not among its tasks. Add it to \`tasks\`, or take it out here.`;
				const near = nearest(value, members);
				const data = { id: value, ...(near !== null && { replacement: near }) };
				return makeProblem('SY332', range, message, { data });
			});
	});
}
