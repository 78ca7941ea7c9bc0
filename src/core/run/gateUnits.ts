import type { CycleOpened, LanguagesFound } from './events.ts';
import { inLanguages } from './languageSteps.ts';
import type { GateFix, GateStep, RunGate, RunUnit } from './runGate.ts';
import type { AgentWork, RunPlan, RunTask, Work } from './runPlan.ts';
import { workOnTier } from './workOf.ts';

/** What became of the gates of a plan in its run, beside what the plan says. */
export interface GateGrowth {
	readonly cycles: readonly CycleOpened[];
	readonly languages: readonly LanguagesFound[];
}

/** What became of them, with one event more. */
export function grownBy(
	before: GateGrowth | undefined,
	added: CycleOpened | LanguagesFound | undefined,
): GateGrowth {
	const { cycles, languages } = before ?? { cycles: [], languages: [] };
	switch (added?.kind) {
		case 'cycle-opened':
			return { cycles: [...cycles, added], languages };
		case 'languages-found':
			return { cycles, languages: [...languages, added] };
		case undefined:
			return { cycles, languages };
	}
}

/**
 * Everything a run has a row for: the tasks of its plan, then each gate with the units of all its cycles. Units are
 * claimed, run, recovered and journaled like tasks (EXECUTION D3).
 */
export function rowsOf(
	plan: RunPlan,
	cycles: readonly CycleOpened[],
	languages: readonly LanguagesFound[] = [],
): readonly RunTask[] {
	if (plan.gates === undefined || plan.gates.length === 0) {
		return plan.tasks;
	}
	const byGate = new Map<string, CycleOpened[]>();
	for (const cycle of cycles) {
		byGate.set(cycle.gate, [...(byGate.get(cycle.gate) ?? []), cycle]);
	}
	const tasks = new Map(plan.tasks.map((task) => [task.id, task]));
	const found = new Map(languages.map((event) => [event.gate, event]));
	const gates = plan.gates.map((gate) => withLanguages(gate, found.get(gate.id)));
	return [...plan.tasks, ...gates.flatMap((gate) => unitsOf(gate, byGate.get(gate.id) ?? [], tasks))];
}

/** G2: a review by language becomes one for each language as soon as they are known. */
function withLanguages(gate: RunGate, found: LanguagesFound | undefined): RunGate {
	if (found === undefined) {
		return gate;
	}
	const validators = gate.validators.flatMap((step) => {
		const { perLanguage, ...whole } = step;
		return perLanguage === true ? inLanguages(whole, found.languages) : [step];
	});
	return { ...gate, validators };
}

/** True for a task of the plan; false for a gate and its units, which are counted and shown apart. */
export function isPlanTask(task: RunTask): boolean {
	return task.unit === undefined;
}

function unitsOf(
	gate: RunGate,
	later: readonly CycleOpened[],
	tasks: ReadonlyMap<string, RunTask>,
): RunTask[] {
	const units = cycleUnits(gate, { cycle: 1, fixes: [], tasks });
	let judges = units.judging;
	const rows = [...units.all];
	for (const { cycle, fixes } of later) {
		const next = cycleUnits(gate, { cycle, fixes, tasks });
		rows.push(...next.all);
		judges = next.judging;
	}
	const row = unitRow(
		gate,
		{ role: 'gate', slot: 'gate', cycle: 1 + later.length, advisory: false },
		gate.id,
	);
	const dependencies = [...new Set([...gate.waitsFor, ...judges])];
	const whole: RunTask = { ...row, name: gate.name, dependencies };
	return [whole, ...rows, ...afterUnits(gate)];
}

/** Repairs, then the integration, then all validators side by side (G1). */
function cycleUnits(
	gate: RunGate,
	options: {
		readonly cycle: number;
		readonly fixes: readonly GateFix[];
		readonly tasks: ReadonlyMap<string, RunTask>;
	},
): { readonly all: readonly RunTask[]; readonly judging: readonly string[] } {
	const { cycle, tasks } = options;
	const fixes = options.fixes.flatMap((fix) => fixUnit(gate, fix, { cycle, owner: tasks.get(fix.owner) }));
	let before: readonly string[] = [...gate.waitsFor, ...fixes.map(({ id }) => id)];
	const all: RunTask[] = [...fixes];
	if (gate.integration !== null) {
		const unit = stepUnit(gate, gate.integration, { role: 'integration', cycle, dependencies: before });
		all.push(unit);
		before = [unit.id];
	}
	const validators = gate.validators.map((step) =>
		stepUnit(gate, step, { role: 'validation', cycle, dependencies: before }),
	);
	all.push(...validators);
	return { all, judging: validators.length > 0 ? validators.map(({ id }) => id) : before };
}

/** What runs once the gate has passed, one after another. */
function afterUnits(gate: RunGate): RunTask[] {
	let before = gate.id;
	return gate.after.map((step) => {
		const unit = stepUnit(gate, step, { role: 'after', cycle: 1, dependencies: [before] });
		before = unit.id;
		return unit;
	});
}

/** `SPRINT-001-01:security`, and `SPRINT-001-01:security@2` in the second cycle. */
function unitId(gate: RunGate, slot: string, cycle: number): string {
	const base = gate.id.slice(0, -'gate'.length);
	return cycle === 1 ? `${base}${slot}` : `${base}${slot}@${cycle}`;
}

function stepUnit(
	gate: RunGate,
	step: GateStep,
	place: {
		readonly role: 'integration' | 'validation' | 'after';
		readonly cycle: number;
		readonly dependencies: readonly string[];
	},
): RunTask {
	const { role, cycle, dependencies } = place;
	const { slot, advisory } = step;
	const awaits = step.perLanguage === true ? { awaitsLanguages: true as const } : {};
	const row = unitRow(gate, { role, slot, cycle, advisory, ...awaits }, unitId(gate, slot, cycle));
	const { name, work, checks, timeoutMinutes, env, cwd } = step;
	const estimateMinutes = step.estimateMinutes ?? null;
	return { ...row, name, dependencies, work, checks, timeoutMinutes, estimateMinutes, env, cwd };
}

/** A repair is the owner's work with other words: its agent, its checks, its files. None where the owner has gone (D6). */
function fixUnit(
	gate: RunGate,
	fix: GateFix,
	{ cycle, owner }: { readonly cycle: number; readonly owner: RunTask | undefined },
): RunTask[] {
	if (owner === undefined) {
		return [];
	}
	const { id, findings } = fix;
	const unit: RunUnit = {
		gate: gate.id,
		role: 'fix',
		slot: id,
		cycle,
		advisory: false,
		owner: owner.id,
		findings,
	};
	// A repair is one piece of work, on T2: the task's own chain and its approvals were for making it (seed 004).
	const { steps: _steps, t2: _t2, approval: _approval, ...rest } = owner;
	return [
		{
			...rest,
			startTier: 'T2',
			id,
			name: `Repair ${owner.id} for ${gate.name}`,
			description: '',
			dependencies: gate.waitsFor,
			stage: null,
			work: fixWork(owner, gate, findings),
			unit,
		},
	];
}

function fixWork(owner: RunTask, gate: RunGate, findings: readonly string[]): Work {
	const part = owner.steps?.findLast((step) => step.work.kind === 'agent') ?? owner;
	const worker = workOnTier(part, 'T2');
	if (worker.kind !== 'agent') {
		return worker;
	}
	const { prompt } = worker;
	const lines = [
		`# Repair ${owner.id}: ${owner.name}`,
		'',
		`${gate.name} did not pass. Repair what was found, and nothing else:`,
		'',
		...findings.map((finding) => `- ${finding.replaceAll(/\s*\n\s*/g, ' ')}`),
		'',
		'The task was:',
		'',
		prompt.kind === 'text' ? prompt.text : `See the file ${prompt.path}.`,
		'',
	];
	return withPrompt(worker, lines.join('\n'));
}

/** Whoever takes over while a usage limit lasts is told the same. */
function withPrompt(work: AgentWork, text: string): AgentWork {
	const { fallback } = work;
	return {
		...work,
		prompt: { kind: 'text', text },
		...(fallback && { fallback: withPrompt(fallback, text) }),
	};
}

/** Strategy `tracks` has one worker a track; validators are no work of a track, and run side by side (G1). */
function unitRow(gate: RunGate, facts: Omit<RunUnit, 'gate'>, id: string): RunTask {
	const command = { kind: 'argv' as const, argv: [] };
	return {
		id,
		name: gate.name,
		description: '',
		type: '',
		sprint: gate.sprint,
		track: facts.role === 'validation' ? null : gate.track,
		estimateMinutes: null,
		layer: 0,
		// What it waits for is written out: barriers do not hold it, and it holds none up.
		stage: null,
		dependencies: [],
		acceptanceCriteria: [],
		work: { kind: 'none', command },
		checks: [],
		produces: [],
		touches: [],
		locks: [],
		priority: 0,
		timeoutMinutes: 30,
		maxAttempts: 1,
		// A step that judges or integrates may be repeated: it does not add to what is there.
		idempotent: facts.role === 'validation',
		env: {},
		cwd: '.',
		unit: { gate: gate.id, ...facts },
	};
}
