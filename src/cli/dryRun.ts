import { checkText } from '../core/evidence/commandText.ts';
import type { Command } from '../core/plan/plan.ts';
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
	return `${lines.join('\n')}\n`;
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
	return check.kind === 'agent' || check.kind === 'approval' ? checkText(check) : commandLine(check.command);
}

/** A command as one would type it. */
export function commandLine(command: Command): string {
	return command.kind === 'shell' ? command.line : command.argv.map(quoted).join(' ');
}

function quoted(argument: string): string {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : JSON.stringify(argument);
}
