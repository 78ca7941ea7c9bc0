import type { GateDefinition, GateSlot, GateStepDefinition } from '../plan/gateDefinition.ts';
import type { GateAt, GateSetName } from '../plan/gateSets.ts';
import { gateSets, setSlotName } from '../plan/gateSets.ts';
import type { Plan } from '../plan/plan.ts';
import type { GateCheck } from './resolveWork.ts';

/** A gate of the plan at one of its places, with its set spelled out: every slot, configured or not. */
export interface PlacedGate {
	readonly name: string;
	readonly at: GateAt;
	/** Numbers of layers and tracks, ids of sprints and tasks; empty = all. */
	readonly only: ReadonlySet<string>;
	readonly slots: readonly GateSlot[];
	/** The built-in set that it is; left out for gates of a plan's own. */
	readonly set?: GateSetName;
	readonly advisory: boolean;
	readonly integration?: GateStepDefinition;
	readonly maxFixCycles?: number;
	readonly after: readonly GateStepDefinition[];
}

/** The gates of a plan by their places. A gate that does not say where it stands is in none of them (then reported). */
export function placeGates(plan: Plan): readonly PlacedGate[] {
	return (plan.header.gates ?? []).flatMap(placesOf);
}

/** True where a gate concerns what has this id or number. */
export function concerns({ only }: PlacedGate, name: string | number): boolean {
	return only.size === 0 || only.has(String(name));
}

function placesOf(gate: GateDefinition): PlacedGate[] {
	const { set, at, slots } = gate;
	if (set === undefined) {
		return at === undefined ? [] : [placed(gate, at, slots)];
	}
	const places = Object.entries(gateSets[set]) as [GateAt, readonly string[]][];
	const names = at === undefined ? places : [[at, [...new Set(places.flatMap(([, each]) => each))]] as const];
	const known = new Set(names.flatMap(([, each]) => each));
	const others = slots.filter(({ name }) => !known.has(setSlotName(name)));
	return names.map(([place, own], index) => {
		const spelled = own.map((slot) => answerTo(slot, gate));
		return placed(gate, place, index === 0 ? [...spelled, ...others] : spelled);
	});
}

/** The slot of a set, with the checks that the plan gives it under this or another name. */
function answerTo(name: string, { slots, range }: GateDefinition): GateSlot {
	const found = slots.find((slot) => setSlotName(slot.name) === name);
	return found === undefined ? { name, checks: [], range } : { ...found, name };
}

function placed(gate: GateDefinition, at: GateAt, slots: readonly GateSlot[]): PlacedGate {
	const { name, set, advisory, integration, maxFixCycles, after } = gate;
	return {
		name,
		at,
		only: new Set(gate.only.map(({ value }) => value)),
		slots,
		...(set !== undefined && { set }),
		advisory,
		...(integration && { integration }),
		...(maxFixCycles !== undefined && { maxFixCycles }),
		after,
	};
}

/** All checks of a gate at tasks, whatever slot they are in. Where gates are strict, advice blocks too (S1). */
export function checksIn(
	{ slots, advisory }: PlacedGate,
	{ isStrict }: { readonly isStrict: boolean },
): readonly GateCheck[] {
	const isAdvice = advisory && !isStrict;
	return slots.flatMap(({ checks }) => checks.map((check) => ({ check, advisory: isAdvice })));
}
