import { layersOf } from './layersOf.ts';
import { rankTasks } from './rankTasks.ts';
import type { RunSprint, RunTask } from './runPlan.ts';
import type { Barrier } from './strategies.ts';

/**
 * Stages lie this far apart, so that something can be put between two layers: a gate that must pass after layer `n` is a
 * task with the stage `stageAfterLayer(n)`.
 */
const stagesOfLayer = 1_000_000;

/** Layers of so many tasks run one after another under `hybrid` (S1). */
const smallLayer = 2;

/** The stage of the first task of a layer, counted from 1. */
export function stageOfLayer(layer: number): number {
	return layer * stagesOfLayer;
}

/**
 * The stage that begins when every task of the layers up to this one has ended or cannot go on, and that has to end
 * before the next layer begins. For gates at layers.
 */
export function stageAfterLayer(layer: number): number {
	return stageOfLayer(layer + 1) - 1;
}

/** A group that a plan states: its tasks run beside each other, or one after another in the order of the list. */
export interface StatedBatch {
	readonly tasks: readonly string[];
	readonly inTurn: boolean;
}

type Sprints = readonly (RunSprint & { readonly batches?: readonly StatedBatch[] | undefined })[];

/**
 * Says for every task when it may start beside its dependencies: its layer (P1) and its stage, which a barrier of the
 * strategy compares (S1). Batches that a sprint states are its stages; tasks of such a sprint that are in none of them have
 * no stage and wait for nothing more.
 */
export function withStages(
	tasks: readonly RunTask[],
	{ sprints, barrier }: { readonly sprints: Sprints; readonly barrier: Barrier },
): RunTask[] {
	const layers = layersOf({ tasks, sprints });
	const stages = stageNumbers(tasks, { sprints, barrier, layers });
	return tasks.map((task, index) => ({ ...task, layer: layers[index] ?? 1, stage: stages(task, index) }));
}

interface Stages {
	readonly sprints: Sprints;
	readonly barrier: Barrier;
	readonly layers: Int32Array;
}

function stageNumbers(
	tasks: readonly RunTask[],
	{ sprints, barrier, layers }: Stages,
): (task: RunTask, index: number) => number | null {
	const ofLayer = (index: number) => stageOfLayer(layers[index] ?? 1);
	switch (barrier) {
		case 'none':
			return () => null;
		case 'layers':
			return (_, index) => ofLayer(index);
		case 'small-layers-in-turn': {
			const turns = turnsInSmallLayers(tasks, layers);
			return ({ id }, index) => ofLayer(index) + (turns.get(id) ?? 0);
		}
		case 'batches': {
			const stated = statedStages(sprints);
			const inBatches = new Set(sprints.flatMap(({ id, batches = [] }) => (batches.length > 0 ? [id] : [])));
			return ({ id, sprint }, index) =>
				stated.get(id) ?? (inBatches.has(sprint ?? '') ? null : ofLayer(index));
		}
	}
}

/** Places in the turn for tasks of small layers, best first (S2). */
function turnsInSmallLayers(tasks: readonly RunTask[], layers: Int32Array): Map<string, number> {
	const sizes = new Map<number, number>();
	for (const layer of layers) {
		sizes.set(layer, (sizes.get(layer) ?? 0) + 1);
	}
	const layerOf = new Map(tasks.map(({ id }, index) => [id, layers[index] ?? 1]));
	const taken = new Map<number, number>();
	const turns = new Map<string, number>();
	for (const id of rankTasks(tasks)) {
		const layer = layerOf.get(id) ?? 1;
		if ((sizes.get(layer) ?? 0) <= smallLayer) {
			const turn = taken.get(layer) ?? 0;
			turns.set(id, turn);
			taken.set(layer, turn + 1);
		}
	}
	return turns;
}

function statedStages(sprints: Sprints): Map<string, number> {
	const stages = new Map<string, number>();
	for (const { batches = [] } of sprints) {
		for (const [batch, { tasks, inTurn }] of batches.entries()) {
			for (const [turn, id] of tasks.entries()) {
				stages.set(id, stageOfLayer(batch + 1) + (inTurn ? turn : 0));
			}
		}
	}
	return stages;
}
