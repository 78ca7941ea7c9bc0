import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { findSecrets } from '../core/evidence/redact.ts';
import { redactStrings } from '../core/evidence/redactStrings.ts';
import type { FoundTask } from '../core/run/discovery.ts';
import { runFolder } from '../engine/files/runPaths.ts';
import { noteDiscovery } from '../engine/journal/runRequests.ts';
import { UsageError } from './usageError.ts';

interface DiscoverFlags {
	readonly title: string;
	readonly description?: string;
	readonly blocks?: readonly string[];
	readonly dependsOn?: readonly string[];
	readonly splits?: string;
	readonly hours?: number;
	readonly priority?: number;
	readonly agent?: string;
	readonly shell?: string;
}

/** `switchyard discover`: a worker says, from inside its task, what else has to be done (R1). */
export function registerDiscover(program: Command): void {
	program
		.command('discover')
		.description('Inside a task: say what else has to be done. `switchyard replan` puts it into the plan.')
		.requiredOption('--title <TEXT>', 'what the new task is called')
		.option('--description <TEXT>', 'what has to be done')
		.option('--blocks <ID...>', 'tasks that have to wait for it')
		.option('--depends-on <ID...>', 'tasks that it waits for')
		.option('--splits <ID>', 'the task whose work it takes a part of')
		.option('--hours <N>', 'how long it will take', amount)
		.option('--priority <N>', 'larger starts first', amount)
		.option('--agent <NAME>', 'who does it')
		.option('--shell <LINE>', 'the command line that does it')
		.action(async (flags: DiscoverFlags) => {
			process.stdout.write(`${await discover(flags)}\n`);
		});
}

async function discover(flags: DiscoverFlags): Promise<string> {
	const { env } = process;
	const [root, run, task] = [env['SWITCHYARD_ROOT'], env['SWITCHYARD_RUN'], env['SWITCHYARD_TASK']];
	const attempt = Number(env['SWITCHYARD_ATTEMPT']);
	if (root === undefined || run === undefined || task === undefined || !Number.isInteger(attempt)) {
		throw new UsageError(
			'This is no task of a run: `switchyard discover` works where SWITCHYARD_ROOT, _RUN, _TASK and _ATTEMPT are set. Elsewhere, write the task into the plan.',
		);
	}
	const said = flags.title.trim().split(/\r?\n/)[0] ?? '';
	if (said === '') {
		throw new UsageError('Say with --title what the new task is called.');
	}
	const id = `${task}/${attempt}/command-${randomUUID().slice(0, 8)}`;
	// From the journal it goes to views and into the plan; the environment of a task holds what it must not say.
	const what = redactStrings(taskOf(flags, said), findSecrets(env)) as FoundTask;
	await noteDiscovery(runFolder(root, run), { id, task, attempt, via: 'command', what });
	return `Noted ${id}: ${what.title}`;
}

function taskOf(flags: DiscoverFlags, title: string): FoundTask {
	const { description, splits, hours, priority, agent, shell } = flags;
	return {
		kind: 'task',
		title,
		...(description !== undefined && { description }),
		...(hours !== undefined && { estimateHours: hours }),
		...(priority !== undefined && { priority }),
		...(agent !== undefined && { agent }),
		...(shell !== undefined && { run: ['sh', '-c', shell] }),
		dependsOn: flags.dependsOn ?? [],
		blocks: flags.blocks ?? [],
		...(splits !== undefined && { splits }),
	};
}

function amount(text: string): number {
	const number = Number(text);
	if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
		throw new InvalidArgumentError('It must be a number of zero or more.');
	}
	return number;
}
