import { checkText } from '../core/evidence/commandText.ts';
import type { Command } from '../core/plan/plan.ts';
import type { GateStep, RunGate } from '../core/run/runGate.ts';
import type { RunCheck, RunPlan, RunTask, Work } from '../core/run/runPlan.ts';
import type { ScopeRequest } from '../core/run/scopeOf.ts';
import { scopeOf } from '../core/run/scopeOf.ts';
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
		lines.push(...steps.flatMap((step) => stepLines(word, step)));
	}
	const repairs = owners.length === 0 ? 'none: no agent works here' : `at most ${maxFixCycles} cycles`;
	lines.push(...unconfigured.map((slot) => `  judge   ${slot}: not configured`));
	return validators.length + (integration === null ? 0 : 1) > 0 ? [...lines, `  repair  ${repairs}`] : lines;
}

function stepLines(word: string, { work, checks, advisory }: GateStep): string[] {
	const hasWork = work.kind !== 'none';
	const note = advisory ? ' (advice)' : '';
	return [
		...(hasWork ? [`  ${word}  ${workLine(work)}`] : []),
		...checks.map((check) => `  ${hasWork ? 'verify' : word}  ${checkLine(check)}${note}`),
	];
}

function describeTask(task: RunTask, scope: ReadonlySet<string>): string[] {
	const outside = task.dependencies.filter((id) => !scope.has(id));
	const lines = [`${task.id}  ${task.name}`];
	if (task.dependencies.length > 0) {
		const note = outside.length > 0 ? ` (not in this scope: ${outside.join(', ')})` : '';
		lines.push(`  after   ${task.dependencies.join(', ')}${note}`);
	}
	if (task.approval === 'before') {
		lines.push('  approve before it begins');
	}
	for (const part of task.steps ?? [task]) {
		lines.push(`  ${task.steps === undefined ? 'run ' : 'step'}    ${workLine(part.work)}`);
		if (part.t2 !== undefined) {
			lines.push(`  on T2   ${workLine(part.t2)}`);
		}
		lines.push(...(part === task ? [] : part.checks.map((check) => `  verify  ${checkLine(check)}`)));
	}
	lines.push(...task.checks.map((check) => `  verify  ${checkLine(check)}`));
	if (task.approval === 'after') {
		lines.push('  approve after its checks passed');
	}
	return lines;
}

function workLine(work: Work): string {
	if (work.kind !== 'agent') {
		return commandLine(work.command);
	}
	const model = work.model === undefined ? '' : ` (${work.model})`;
	return `agent ${work.agent}${model}: ${commandLine(work.command)}`;
}

function checkLine(check: RunCheck): string {
	const text =
		check.kind === 'agent' || check.kind === 'approval' ? checkText(check) : commandLine(check.command);
	return check.advisory === true ? `${text} (advice)` : text;
}

/** A command as one would type it. */
export function commandLine(command: Command): string {
	return command.kind === 'shell' ? command.line : command.argv.map(quoted).join(' ');
}

function quoted(argument: string): string {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : JSON.stringify(argument);
}
