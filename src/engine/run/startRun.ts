import type { Event } from '../../core/base/emitter.ts';
import type { Clock, Logger } from '../../core/base/ports.ts';
import type { Reopening } from '../../core/run/events.ts';
import { reopeningsOf } from '../../core/run/reopening.ts';
import type { RunChoice, RunPlan } from '../../core/run/runPlan.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import type { Scope, ScopeRequest } from '../../core/run/scopeOf.ts';
import { scopeOf, unfinishedScope } from '../../core/run/scopeOf.ts';
import { enumerate } from '../../core/run/summarise.ts';
import type { LoaderReply } from '../../protocol/loaderReply.ts';
import { networkDiskWarning } from '../files/networkDisk.ts';
import { collectGarbage } from '../processes/collectGarbage.ts';
import { AutoReplan } from '../replan/autoReplan.ts';
import { assembleEngine } from './assembleEngine.ts';
import { CheckpointKeeper } from './checkpointKeeper.ts';
import { importedCompletions } from './importState.ts';
import { openRun } from './openRun.ts';
import { PlanInForce } from './planInForce.ts';
import type { PlanWatch } from './planWatch.ts';
import { watchPlan } from './planWatch.ts';
import { otherHosts } from './recovery.ts';
import { restoreAfterBoot } from './restoreAfterBoot.ts';
import type { RunOutcome } from './runOutcome.ts';
import { StateProjection } from './stateProjection.ts';
import { SummaryProjection } from './summaryProjection.ts';

export interface StartRunOptions {
	readonly loaded: LoaderReply & { kind: 'plan' };
	/** When its reading began, in milliseconds since the epoch: what was saved since is read again. */
	readonly loadedAt: number;
	/** Reads the plan again when its files changed (D6), with what was chosen for the run. */
	readonly reload: (choice: RunChoice) => Promise<LoaderReply>;
	/** `resume`: what the open run was asked for and has not finished. */
	readonly request: ScopeRequest | { readonly kind: 'resume' };
	readonly withDependencies: boolean;
	readonly jobs: number | null;
	/** What a person lets the run spend; null: what holds already. */
	readonly budget: { readonly limitUsd: number; readonly by: string } | null;
	readonly fresh: boolean;
	/** Finished tasks of the scope are done again (S5), or judged again (FORMATS 2.1). */
	readonly again: Reopening['what'] | null;
	/** Asked before anything is done again; left out where nobody has to be asked. */
	readonly mayRedo?: (tasks: readonly string[]) => Promise<boolean>;
	/** Takes over what engines of other hosts and containers held. */
	readonly takeOver: boolean;
	readonly face: 'terminal' | 'editor';
	readonly agentLimit: number | null;
	/** Agents of the user's settings, for who reads the plan again. */
	readonly agentsFile?: string;
	readonly clock: Clock;
	readonly logger: Logger;
}

/** A run under way, driven by this process. */
export interface StartedRun {
	readonly id: string;
	readonly folder: string;
	readonly joined: boolean;
	readonly scope: Scope;
	/** Finished tasks that are done or judged again. */
	readonly reopened: readonly string[];
	/** The tables as they stand; look again after every event. */
	readonly table: () => RunTable | null;
	readonly onDidChange: Event<ReadonlySet<string>>;
	/** What is wrong with the journal, in sentences. */
	readonly problems: () => readonly string[];
	/** Resolves when everything asked for is over. */
	readonly finished: Promise<RunOutcome>;
	/** Ends the tasks of this engine (T5). */
	stop(by: string): Promise<void>;
	/** Leaves at once; runners go on, and another engine may take them up. */
	abandon(): void;
}

/** From so many tasks on, what their reading left behind is worth the time that it takes to collect it. */
const largePlan = 1_000;
const hugePlan = 5_000;
/** By then it has begun: first claims, first state file. A shorter run is better off without. */
const settledMs = 10_000;

/**
 * Opens or joins the plan's run and drives the requested scope. Returns a sentence where the request means
 * nothing, and `declined` where a person did not want to have finished work done again.
 */
export async function startRun(
	options: StartRunOptions,
): Promise<StartedRun | { readonly error: string } | { readonly declined: readonly string[] }> {
	const { loaded, clock, logger } = options;
	if (loaded.runPlan.tasks.length >= hugePlan) {
		// At once as well: what comes next would settle between what the loader's answer left.
		collectGarbage();
	}
	const { request, withDependencies } = options;
	const asked = request.kind === 'resume' ? null : scopeOf(loaded.runPlan, request, { withDependencies });
	if (asked !== null && 'error' in asked) {
		return asked;
	}
	const tasksIn = (version: RunPlan): readonly string[] => {
		const again = request.kind === 'resume' ? null : scopeOf(version, request, { withDependencies });
		return again === null || 'error' in again ? [] : [...again.tasks, ...again.gates];
	};
	const { rootPath, runPlan: plan, hash } = loaded;
	const warning = await networkDiskWarning(rootPath);
	if (warning !== null) {
		logger.warn(warning);
	}
	const { fresh } = options;
	const imports = async () => (fresh ? [] : await importedCompletions(rootPath, plan));
	const { id, log, writer, joined } = await openRun({ rootPath, plan, hash, fresh, imports, clock, logger });
	let ring: () => void = () => {};
	const planInForce = new PlanInForce({ log, writer, logger, onOffered: () => ring() });
	const choice = choiceInForce(loaded.runPlan, joined ? log.fold.table : null);
	await offerFitting({ options, choice, planInForce });
	if (options.budget !== null) {
		await writer.append([{ kind: 'budget-set', ...options.budget }]);
		await log.refresh();
	}
	const { table } = log.fold;
	if (table === null) {
		return { error: `The run ${id} cannot be read: its plan snapshot is missing. Start another with --new.` };
	}
	const scope = asked ?? unfinishedScope(table);
	const reopens = reopeningsIn(table, scope, options);
	const reopened = reopens.map(({ task }) => task);
	if (options.again === 'work' && reopened.length > 0 && (await options.mayRedo?.(reopened)) === false) {
		return { declined: reopened };
	}
	await restoreAfterBoot({ rootPath, log, writer, now: clock.now(), logger });
	const projection = new StateProjection({ rootPath, log, logger });
	await projection.keepBroken(plan);
	const createdAt = log.fold.created?.at ?? clock.now();
	const summary = new SummaryProjection({ rootPath, log, logger, place: { run: id, createdAt } });
	const checkpoint = new CheckpointKeeper({ log, logger });
	const { face, jobs, agentLimit } = options;
	const replan: AutoReplan = new AutoReplan({
		log,
		writer,
		logger,
		args: planArguments(options),
		takePlan: async () => {
			const reply = await options.reload(choice);
			if (reply.kind === 'plan') {
				await planInForce.offer(reply);
			}
		},
		ring: () => engine.ring(),
	});
	const { engine, failure, release } = assembleEngine({
		run: id,
		rootPath,
		log,
		writer,
		face,
		jobs,
		agentLimit,
		onlyStopping: false,
		takeOver: options.takeOver,
		holds: (moment) => (moment === 'end' && planInForce.isBusy) || replan.holds(moment),
		findMore: () => planWatch.look(),
		clock,
		logger,
	});
	ring = () => engine.ring();
	const following = engine.onDidChange((changed) => {
		replan.look(changed);
		projection.touch();
		summary.touch();
		checkpoint.touch();
		planInForce.retry();
	});
	const planWatch: PlanWatch = watchPlan({
		files: loaded.files,
		loadedAt: options.loadedAt,
		load: () => options.reload(choice),
		logger,
		onPlan: (reply) => planInForce.offer(reply),
	});
	const collecting = loaded.runPlan.tasks.length < largePlan ? null : setTimeout(collectGarbage, settledMs);
	const finish = async (): Promise<RunOutcome> => {
		const running = engine.run({
			...scope,
			tasks: [...scope.tasks, ...scope.gates],
			reopens,
			...(request.kind === 'resume' ? {} : { tasksIn }),
		});
		try {
			return await Promise.race([running, failure]);
		} finally {
			engine.abandon();
			planWatch.dispose();
			clearTimeout(collecting ?? undefined);
			await running.catch(() => {});
			following.dispose();
			if (replan.waiting > 0) {
				logger.info(`Workers found more to do (${replan.waiting}). See: switchyard replan`);
			}
			await projection.flush();
			await summary.flush();
			checkpoint.flush();
			await release();
		}
	};
	return {
		id,
		folder: log.folder,
		joined,
		scope,
		reopened,
		table: () => log.fold.table,
		onDidChange: engine.onDidChange,
		problems: () => [...log.problems(), ...(options.takeOver ? [] : watchedOnly(table))],
		finished: finish(),
		stop: (by) => engine.stop(by),
		abandon: () => engine.abandon(),
	};
}

/** What of the scope is finished and is not to stay so. */
function reopeningsIn(table: RunTable, { tasks, explicit }: Scope, { again }: StartRunOptions): Reopening[] {
	return again === null ? [] : reopeningsOf(table, tasks, { what: again, explicit });
}

/** What tells the command line which plan is meant. */
function planArguments({ loaded, agentsFile }: StartRunOptions): string[] {
	const { rootPath, runPlan, files } = loaded;
	const path = runPlan.form === 'file' ? (files[0] ?? rootPath) : rootPath;
	const agents = agentsFile === undefined ? [] : ['--agents-file', agentsFile];
	return [path, '--plan', runPlan.key, ...agents];
}

function watchedOnly(table: RunTable): string[] {
	const hosts = otherHosts(table);
	return hosts.length === 0
		? []
		: [
				`An engine on ${enumerate(hosts)} may be at work on this run: what it holds is only watched from here. If it is gone for good, run with --take-over.`,
			];
}

/** What was chosen for the run holds for everybody who joins it, whatever they chose themselves (D5). */
function choiceInForce(asked: RunPlan, joined: RunTable | null): RunChoice {
	return (joined === null ? asked.chosen : joined.plan.chosen) ?? {};
}

/** Offers the plan as the run's own choice wants it, and says so to somebody who chose otherwise. */
async function offerFitting({
	options,
	choice,
	planInForce,
}: {
	readonly options: StartRunOptions;
	readonly choice: RunChoice;
	readonly planInForce: PlanInForce;
}): Promise<void> {
	const { loaded, logger } = options;
	const asked = loaded.runPlan.chosen ?? {};
	if (asked.strategy === choice.strategy && asked.agents === choice.agents && asked.agent === choice.agent) {
		await planInForce.offer(loaded);
		return;
	}
	const fitting = await options.reload(choice);
	if (fitting.kind !== 'plan') {
		return;
	}
	await planInForce.offer(fitting);
	const { strategy, jobs } = fitting.runPlan;
	const differs = (asked.strategy ?? strategy) !== strategy || (asked.agents ?? jobs) !== jobs;
	const hasOther = asked.agent !== undefined && asked.agent !== choice.agent;
	if (differs || hasOther) {
		const who = choice.agent === undefined ? 'the agents that the plan names' : `the agent ${choice.agent}`;
		logger.warn(
			`The open run goes by strategy ${strategy}, ${jobs} at once${hasOther ? `, with ${who}` : ''}, and keeps to it. To choose again, start another: --new.`,
		);
	}
}
