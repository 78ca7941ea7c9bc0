import type { Command } from 'commander';
import type { Logger } from '../core/base/ports.ts';
import type { RunChoice } from '../core/run/runPlan.ts';
import { explainDiskError } from '../engine/files/diskError.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { viewOf } from '../engine/journal/runView.ts';
import { keepHeapSmall } from '../engine/processes/collectGarbage.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import type { RunOutcome } from '../engine/run/runOutcome.ts';
import type { StartedRun } from '../engine/run/startRun.ts';
import { startRun } from '../engine/run/startRun.ts';
import type { LoaderReply } from '../protocol/loaderReply.ts';
import { accountName } from './accountName.ts';
import { askToRedo } from './askToRedo.ts';
import { describeScope } from './dryRun.ts';
import { exitCodes } from './exitCodes.ts';
import type { RunFlags } from './runArguments.ts';
import {
	amountOfMoney,
	positiveInteger,
	runChoice,
	scopeRequest,
	splitPositionals,
	whatAgain,
} from './runArguments.ts';
import { RunProgress } from './runProgress.ts';
import { statusObject } from './statusObject.ts';
import { UsageError } from './usageError.ts';

/** `switchyard run`: an engine of its own, in this terminal (EXECUTION D2). */
export function registerRun(program: Command): void {
	program
		.command('run')
		.description('Run a plan, a sprint, a track or a task; joins the run that is open.')
		.argument('[words...]', 'PATH (folder or plan file) and all or a SPRINT-ID')
		.option('--track <N>', 'only the tasks of this track')
		.option('--task <ID>', 'only this task')
		.option('--from <ID>', 'this task and everything that depends on it')
		.option('--resume', 'what the open run was asked for and has not finished')
		.option('--with-deps', 'also what the chosen tasks wait for')
		.option('--jobs <N>', 'tasks at once in this engine')
		.option('--strategy <S>', 'how the run goes, in place of what the plan says')
		.option('--agents <N>', 'tasks of the run at once, in place of what plan and strategy say')
		.option('--agent <NAME>', 'who works on tasks that name nobody, in place of what the plan says')
		.option('--budget <USD>', 'what the agents of the run may cost together, in place of what the plan says')
		.option('--new', 'start another run, from the beginning')
		.option('--again', 'also tasks that are completed: asks, and does them anew')
		.option('--recheck', 'checks of tasks that only a state file says are completed (with --task: of any)')
		.option('--yes', 'do not ask before completed tasks are done again')
		.option('--take-over', 'also what engines of other machines or containers left')
		.option('--dry-run', 'say what would run, and run nothing')
		.option('--json', 'progress on stderr, the status object on stdout')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--agents-file <FILE>', 'JSON with agents by name: {"name": {"run": ["program", "argument"]}}')
		.option('--agent-limit <N>', 'agents at once on this machine (8)')
		.option('--face <FACE>', 'who started it: terminal or editor', 'terminal')
		.action(async (words: string[], flags: RunFlags) => {
			try {
				process.exitCode = await run(words, flags);
			} catch (error) {
				throw explainDiskError(error);
			}
		});
}

async function run(words: readonly string[], flags: RunFlags): Promise<number> {
	if (process.env['SWITCHYARD_ATTEMPT'] !== undefined) {
		throw new UsageError('This is a task of a run: it cannot start a run itself (T7). Use another terminal.');
	}
	const { path, scope } = await splitPositionals(words);
	const request = scopeRequest(scope, flags);
	const jobs = flags.jobs === undefined ? null : positiveInteger('--jobs', flags.jobs);
	const asked = runChoice(flags);
	const again = whatAgain(flags);
	const budgetUsd = flags.budget === undefined ? null : amountOfMoney('--budget', flags.budget);
	const load = (choice: RunChoice) =>
		callLoader({
			path,
			choice,
			...(flags.plan === undefined ? {} : { planKey: flags.plan }),
			...(flags.agentsFile === undefined ? {} : { agentsFile: flags.agentsFile }),
		});
	keepHeapSmall();
	const loadedAt = Date.now();
	const loaded = await load(asked);
	if (loaded.kind === 'no-plan') {
		throw new UsageError(loaded.message);
	}
	if (loaded.kind === 'faults') {
		printFaults(loaded);
		return exitCodes.failed;
	}
	if (flags.dryRun === true) {
		if (request.kind === 'resume') {
			throw new UsageError(
				'--dry-run and --resume do not go together: `switchyard status` shows what is open.',
			);
		}
		process.stdout.write(
			describeScope(loaded.runPlan, request, { withDependencies: flags.withDeps === true, jobs }),
		);
		return exitCodes.ok;
	}
	const started = await startRun({
		loaded,
		loadedAt,
		reload: load,
		request,
		withDependencies: flags.withDeps === true,
		jobs,
		budget: budgetUsd === null ? null : { limitUsd: budgetUsd, by: accountName() },
		fresh: flags.new === true,
		again,
		...(flags.yes === true ? {} : { mayRedo: askToRedo }),
		takeOver: flags.takeOver === true,
		face: flags.face === 'editor' ? 'editor' : 'terminal',
		agentLimit: flags.agentLimit === undefined ? null : positiveInteger('--agent-limit', flags.agentLimit),
		...(flags.agentsFile === undefined ? {} : { agentsFile: flags.agentsFile }),
		clock: { now: () => Date.now() },
		logger: stderrLogger(),
	});
	if ('error' in started) {
		throw new UsageError(started.error);
	}
	if ('declined' in started) {
		return exitCodes.person;
	}
	return drive(started, flags.json === true);
}

/** Shows the run until it is over, and turns its outcome into an exit code. */
async function drive(started: StartedRun, json: boolean): Promise<number> {
	const progress = new RunProgress({ started, out: json ? process.stderr : process.stdout });
	const following = started.onDidChange((tasks) => progress.show(tasks));
	const signals = handleSignals(started, progress);
	progress.begin();
	try {
		const outcome = await started.finished;
		progress.end(outcome);
		if (json) {
			await printStatus(started.folder);
		}
		return signals.interrupted() ? exitCodes.interrupted : exitCodeOf(outcome);
	} finally {
		following.dispose();
		signals.dispose();
	}
}

/**
 * Ctrl+C stops what this engine runs, a second one leaves at once and lets it run on. A terminal that is closed, or an
 * engine that is told to end, never takes the work with it.
 */
function handleSignals(
	started: StartedRun,
	progress: RunProgress,
): { interrupted(): boolean; dispose(): void } {
	let interrupts = 0;
	const onInterrupt = () => {
		interrupts++;
		if (interrupts > 1) {
			progress.say('Left; what runs goes on by itself. `switchyard run` takes it up again.');
			process.exit(exitCodes.interrupted);
		}
		progress.say('Stopping… (Ctrl+C again leaves at once and lets the tasks run on)');
		started.stop('Ctrl+C in the terminal').catch((error: unknown) => progress.say(String(error)));
	};
	const onLeave = () => {
		interrupts++;
		started.abandon();
	};
	process.on('SIGINT', onInterrupt);
	process.on('SIGTERM', onLeave);
	process.on('SIGHUP', onLeave);
	return {
		interrupted: () => interrupts > 0,
		dispose: () => {
			process.off('SIGINT', onInterrupt);
			process.off('SIGTERM', onLeave);
			process.off('SIGHUP', onLeave);
		},
	};
}

function exitCodeOf(outcome: RunOutcome): number {
	if (outcome.failed.length > 0) {
		return exitCodes.failed;
	}
	if (outcome.needs.length > 0) {
		return exitCodes.person;
	}
	return outcome.stopped.length > 0 ? exitCodes.interrupted : exitCodes.ok;
}

function printFaults({ faults }: LoaderReply & { kind: 'faults' }): void {
	for (const { file, line, column, code, message } of faults.slice(0, 50)) {
		console.error(`${file}:${line}:${column} error ${code} ${message}`);
	}
	const more = faults.length > 50 ? `, ${faults.length - 50} of them not shown` : '';
	console.error(
		`\n${faults.length} ${faults.length === 1 ? 'error' : 'errors'} in the plan${more}: nothing was started. Fix them, then run again.`,
	);
}

async function printStatus(folder: string): Promise<void> {
	const log = new RunLog(folder);
	await log.refresh();
	process.stdout.write(`${JSON.stringify(statusObject(viewOf(log), []), null, 2)}\n`);
}

function stderrLogger(): Logger {
	const debug = process.env['SWITCHYARD_DEBUG'] !== undefined;
	const say = (message: string) => void process.stderr.write(`${message}\n`);
	return { debug: debug ? say : () => {}, info: say, warn: say, error: say };
}
