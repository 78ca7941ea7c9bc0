import type { RunGate } from '../core/run/runGate.ts';
import type { RunPlan, RunTask } from '../core/run/runPlan.ts';
import type { ScopeRequest } from '../core/run/scopeOf.ts';
import { scopeOf } from '../core/run/scopeOf.ts';
import { stepCommands, taskCommands } from './commandLines.ts';
import { UsageError } from './usageError.ts';

/** What a run would start: every task of the scope with its exact commands, in plan order. */
export function describeScope(
	plan: RunPlan,
	request: ScopeRequest,
	options: { readonly withDependencies: boolean; readonly jobs: number | null },
): string {
	const scope = scopeOf(plan, request, options);
	if ('error' in scope) {
		throw new UsageError(scope.error);
	}
	const wanted = new Set(scope.tasks);
	const tasks = plan.tasks.filter((task) => wanted.has(task.id));
	const limit = Math.min(plan.jobs, options.jobs ?? plan.jobs);
	const lines = [
		`${plan.name}: ${scope.label}, ${tasks.length} tasks, strategy ${plan.strategy}, at most ${limit} at once`,
	];
	for (const task of tasks) {
		lines.push('', ...describeTask(task, wanted));
	}
	const gates = new Set(scope.gates);
	for (const gate of (plan.gates ?? []).filter(({ id }) => gates.has(id))) {
		lines.push('', ...describeGate(gate));
	}
	return `${lines.join('\n')}\n`;
}

/** A gate is run like its tasks: whoever looks before he starts has to see its commands, too. */
function describeGate(gate: RunGate): string[] {
	const { name, judges, integration, validators, after, unconfigured, maxFixCycles, owners } = gate;
	const judged =
		judges.length > 8 ? `${judges.slice(0, 8).join(', ')} and ${judges.length - 8} more` : judges.join(', ');
	const lines = [name, `  after   ${judged}`];
	for (const [word, steps] of [
		['merge ', integration === null ? [] : [integration]],
		['judge ', validators],
		['then  ', after],
	] as const) {
		lines.push(...steps.flatMap((step) => stepCommands(word, step)).map((line) => `  ${line}`));
	}
	const repairs = owners.length === 0 ? 'none: no agent works here' : `at most ${maxFixCycles} cycles`;
	lines.push(...unconfigured.map((slot) => `  judge   ${slot}: not configured`));
	return validators.length + (integration === null ? 0 : 1) > 0 ? [...lines, `  repair  ${repairs}`] : lines;
}

function describeTask(task: RunTask, scope: ReadonlySet<string>): string[] {
	const outside = task.dependencies.filter((id) => !scope.has(id));
	const lines = [`${task.id}  ${task.name}`];
	if (task.dependencies.length > 0) {
		const note = outside.length > 0 ? ` (not in this scope: ${outside.join(', ')})` : '';
		lines.push(`  after   ${task.dependencies.join(', ')}${note}`);
	}
	return [...lines, ...taskCommands(task).map((line) => `  ${line}`)];
}
