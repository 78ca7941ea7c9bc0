import type { GateSlot, GateStepDefinition, SprintPipeline } from '../plan/gateDefinition.ts';
import { slotsByLanguage } from '../plan/gateSets.ts';
import type { Plan } from '../plan/plan.ts';
import type { GateLevel } from '../plan/planHeader.ts';
import type { StepResolver } from './gateSteps.ts';
import { GateSteps } from './gateSteps.ts';
import type { PlacedGate } from './placeGates.ts';
import { concerns, placeGates } from './placeGates.ts';
import type { GateStep, RunGate } from './runGate.ts';
import type { RunSprint, RunTask, RunTrack } from './runPlan.ts';

export interface GateContext {
	readonly tasks: readonly RunTask[];
	readonly sprints: readonly RunSprint[];
	readonly tracks: readonly RunTrack[];
	/** Which gates there are at all (S1). */
	readonly level: GateLevel;
	/** True for strategy `batches`: a sprint is integrated after each of its batches (S1). */
	readonly batches: boolean;
	readonly resolver: StepResolver;
}

/** How often repairs are tried where the plan does not say: three cycles (G1), and two rounds at the end (G2). */
const usualCycles = 3;
const projectCycles = 2;

/** The gates of a run, in the order of the work: between batches, sprints, layers, tracks, the project (G1, G2, S1). */
export function toGates(plan: Plan, context: GateContext): readonly RunGate[] {
	const gates = placeGates(plan);
	if (context.level === 'basic') {
		return [];
	}
	const builder = new GateBuilder(plan, gates, context);
	const sprints = context.sprints.flatMap((sprint) => builder.ofSprint(sprint));
	const layers = context.level === 'strict' ? builder.ofLayers() : [];
	const tracks = context.tracks.flatMap((track) => builder.ofTrack(track, sprints));
	return [...sprints, ...layers, ...tracks, ...builder.ofProject([...sprints, ...tracks])];
}

/** What several gates at one place say together. */
interface Parts {
	readonly slots: readonly PlacedSlot[];
	readonly integration: GateStepDefinition | undefined;
	readonly after: readonly GateStepDefinition[];
	readonly maxFixCycles: number;
}

interface PlacedSlot {
	readonly slot: GateSlot;
	readonly advisory: boolean;
	/** Agents judge it for each language by itself. */
	readonly byLanguage: boolean;
}

type Place = Pick<RunGate, 'id' | 'name' | 'level' | 'sprint' | 'track' | 'number' | 'waitsFor' | 'holds'>;

class GateBuilder {
	readonly #gates: readonly PlacedGate[];
	readonly #context: GateContext;
	readonly #tasks: ReadonlyMap<string, RunTask>;
	readonly #steps: GateSteps;
	readonly #pipelines: ReadonlyMap<string, SprintPipeline | undefined>;

	constructor(plan: Plan, gates: readonly PlacedGate[], context: GateContext) {
		this.#pipelines = new Map(plan.sprints.map(({ id, pipeline }) => [id, pipeline]));
		this.#gates = gates;
		this.#context = context;
		this.#tasks = new Map(context.tasks.map((task) => [task.id, task]));
		this.#steps = new GateSteps(context.resolver);
	}

	ofSprint(sprint: RunSprint): RunGate[] {
		const { id, track } = sprint;
		const pipeline = this.#pipelines.get(id);
		const parts = this.#together('sprint', [id, String(track ?? '')], pipeline);
		if (sprint.tasks.length === 0) {
			return [];
		}
		const place = { sprint: id, track, number: null };
		const own = this.#gate(
			{
				...place,
				id: `${id}:gate`,
				name: `Gate of ${id}`,
				level: 'sprint',
				waitsFor: sprint.tasks,
				holds: [],
			},
			sprint.tasks,
			parts,
		);
		return [...this.#betweenBatches(sprint, parts), ...own];
	}

	/** S1, `batches`: each batch but the last is integrated before the next one begins; the last with its sprint. */
	#betweenBatches(sprint: RunSprint, { integration }: Parts): RunGate[] {
		if (!this.#context.batches || integration === undefined) {
			return [];
		}
		const members = sprint.tasks.flatMap((id) => this.#tasks.get(id) ?? []);
		const batchOf = (task: RunTask) => (task.stage === null ? null : Math.floor(task.stage / 1_000_000));
		const numbers = [...new Set(members.flatMap((task) => batchOf(task) ?? []))].sort((a, b) => a - b);
		return numbers.slice(0, -1).flatMap((batch, index) => {
			const judged = members.filter((task) => batchOf(task) === batch).map(({ id }) => id);
			const later = members.filter((task) => (batchOf(task) ?? batch) > batch).map(({ id }) => id);
			const place: Place = {
				id: `${sprint.id}:batch-${index + 1}:gate`,
				name: `Integration of batch ${index + 1} of ${sprint.id}`,
				level: 'batch',
				sprint: sprint.id,
				track: sprint.track,
				number: index + 1,
				waitsFor: judged,
				holds: later,
			};
			return this.#gate(place, judged, { slots: [], integration, after: [], maxFixCycles: usualCycles });
		});
	}

	ofLayers(): RunGate[] {
		const layers = new Map<number, string[]>();
		for (const { id, layer } of this.#context.tasks) {
			layers.set(layer, [...(layers.get(layer) ?? []), id]);
		}
		return [...layers]
			.sort(([a], [b]) => a - b)
			.flatMap(([number, tasks]) => {
				const place: Place = {
					id: `layer:${number}:gate`,
					name: `Gate of layer ${number}`,
					level: 'layer',
					...{ sprint: null, track: null, number },
					waitsFor: tasks,
					holds: layers.get(number + 1) ?? [],
				};
				return this.#gate(place, tasks, this.#together('layer', [String(number)]));
			});
	}

	ofTrack(track: RunTrack, sprints: readonly RunGate[]): RunGate[] {
		const tasks = this.#context.tasks.filter((task) => task.track === track.number).map(({ id }) => id);
		const gates = sprints.filter((gate) => gate.level === 'sprint' && gate.track === track.number);
		const place: Place = {
			id: `track:${track.number}:gate`,
			name: `Gate of track ${track.number}`,
			level: 'track',
			...{ sprint: null, track: track.number, number: null },
			waitsFor: [...tasks, ...gates.map(({ id }) => id)],
			holds: [],
		};
		return tasks.length === 0
			? []
			: this.#gate(place, tasks, this.#together('track', [String(track.number)]));
	}

	/** The review of the whole, after the last track (G2). */
	ofProject(gates: readonly RunGate[]): RunGate[] {
		const tasks = this.#context.tasks.map(({ id }) => id);
		const place: Place = {
			id: 'plan:project:gate',
			name: 'Project review',
			level: 'project',
			...{ sprint: null, track: null, number: null },
			waitsFor: [...tasks, ...gates.map(({ id }) => id)],
			holds: [],
		};
		return this.#gate(place, tasks, this.#together('project', []));
	}

	#gate(place: Place, judges: readonly string[], parts: Parts): RunGate[] {
		const isAdvice = (advisory: boolean) => advisory && this.#context.level !== 'strict';
		const taken = new Set(['gate', 'integration']);
		const validators: GateStep[] = [];
		for (const { slot, advisory, byLanguage } of parts.slots.filter(({ slot }) => slot.checks.length > 0)) {
			const how = { advisory: isAdvice(advisory), byLanguage, taken };
			validators.push(this.#steps.validator(place, slot, how));
		}
		const answered = new Set(parts.slots.flatMap(({ slot }) => (slot.checks.length > 0 ? [slot.name] : [])));
		const open = parts.slots.map(({ slot }) => slot.name).filter((name) => !answered.has(name));
		const names = judges.flatMap((id) => this.#tasks.get(id) ?? []);
		const integration =
			parts.integration === undefined
				? null
				: this.#steps.step(place, parts.integration, { slot: 'integration', judges: names });
		const after = parts.after.map((step, index) =>
			this.#steps.step(place, step, { slot: step.name ?? `after-${index + 1}`, judges: names, taken }),
		);
		if (integration === null && validators.length + open.length + after.length === 0) {
			return [];
		}
		const owners = names.filter(({ work }) => work.kind === 'agent').map(({ id }) => id);
		const { maxFixCycles } = parts;
		return [
			{
				...place,
				judges,
				integration,
				validators,
				after,
				unconfigured: [...new Set(open)],
				maxFixCycles,
				owners,
			},
		];
	}

	/** What the gates of the plan at a place say, and after them the sprint itself. */
	#together(at: PlacedGate['at'], names: readonly string[], own?: SprintPipeline): Parts {
		const gates = this.#gates.filter(
			(gate) =>
				gate.at === at &&
				(names.length === 0 || names.some((name) => concerns(gate, name)) || isNamed(gate, own)),
		);
		const slots = gates.flatMap(({ slots: own, advisory, set }) =>
			own.map((slot) => {
				const byLanguage = set !== undefined && slotsByLanguage[set]?.includes(slot.name) === true;
				return { slot, advisory, byLanguage };
			}),
		);
		const known = new Set(this.#gates.map(({ name }) => name));
		const words = (own?.qualityGates ?? []).filter(({ name }) => !known.has(name));
		const usual = at === 'project' ? projectCycles : usualCycles;
		return {
			slots: [
				...slots,
				...[...(own?.validation ?? []), ...words].map((slot) => ({
					slot,
					advisory: false,
					byLanguage: false,
				})),
			],
			integration: own?.integration ?? gates.find((gate) => gate.integration !== undefined)?.integration,
			after: [...(own?.after ?? []), ...gates.flatMap(({ after }) => after)],
			maxFixCycles:
				own?.maxFixCycles ?? gates.find((gate) => gate.maxFixCycles !== undefined)?.maxFixCycles ?? usual,
		};
	}
}

/** A sprint may name a gate that is otherwise for others. */
function isNamed(gate: PlacedGate, own: SprintPipeline | undefined): boolean {
	return own?.qualityGates.some(({ name }) => name === gate.name) === true;
}
