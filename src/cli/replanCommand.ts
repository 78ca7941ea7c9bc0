import type { Command } from 'commander';
import { readPlan } from '../core/plan/readPlan.ts';
import type { Proposal } from '../core/replan/proposal.ts';
import { addedTasks, whyAsk } from '../core/replan/proposal.ts';
import type { OpenDiscovery } from '../core/replan/proposeReplan.ts';
import { choosePlan } from '../engine/files/choosePlan.ts';
import type { FoundPlan } from '../engine/files/findPlans.ts';
import { listRuns } from '../engine/journal/listRuns.ts';
import { RunLog } from '../engine/journal/runLog.ts';
import { readAgentsFile } from '../engine/loader/readAgentsFile.ts';
import { Replanner, ReplanObstacle } from '../engine/replan/replanner.ts';
import { accountName } from './accountName.ts';
import { exitCodes } from './exitCodes.ts';
import { replanObject, replanText } from './replanText.ts';
import { UsageError } from './usageError.ts';

interface ReplanFlags {
	readonly apply?: boolean;
	readonly reject?: string;
	readonly only?: readonly string[];
	readonly auto?: boolean;
	readonly json?: boolean;
	readonly plan?: string;
	readonly by?: string;
	readonly agentsFile?: string;
}

/** Adds `switchyard replan [PATH]`: what workers found, as a change of the plan that a person accepts or rejects (R1–R3). */
export function registerReplan(program: Command): void {
	program
		.command('replan')
		.description('Show what the discoveries of workers would change in the plan; apply or reject it.')
		.argument('[PATH]', 'a workspace folder or a plan file', '.')
		.option('--apply', 'write it into the plan')
		.option('--reject <REASON>', 'change nothing because of it, and say why')
		.option('--only <ID...>', 'only these: ids of discoveries, or of tasks that would be new')
		.option(
			'--auto',
			'with --apply: only where nobody has to be asked, as the engine does for `replan: auto`',
		)
		.option('--by <NAME>', 'who decides; the name of the account unless given')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--agents-file <FILE>', 'JSON with agents by name: {"name": {"run": ["program", "argument"]}}')
		.option('--json', 'print an object instead of text')
		.action(async (path: string, flags: ReplanFlags) => {
			process.exitCode = await replan(path, flags);
		});
}

async function replan(path: string, flags: ReplanFlags): Promise<number> {
	if (flags.apply === true && flags.reject !== undefined) {
		throw new UsageError('--apply and --reject do not go together: choose one, for some of it with --only.');
	}
	if (flags.reject?.trim() === '') {
		throw new UsageError('Say why with --reject REASON: it is kept with the run.');
	}
	if (
		process.env['SWITCHYARD_ATTEMPT'] !== undefined &&
		(flags.apply === true || flags.reject !== undefined)
	) {
		throw new UsageError(
			'This is a task of a run: it cannot decide about the plan (T7). Use another terminal.',
		);
	}
	const found = await planAt(path, flags);
	const { replanner, policy, run } = await replannerOf(found, path, flags);
	try {
		const open = await replanner.collect();
		const isOff = policy === 'off' && flags.apply !== true && flags.reject === undefined;
		const view = { run, rootPath: found.rootPath, isOff };
		const chosen = flags.only === undefined ? open : await chosenOf(replanner, open, flags.only);
		if (chosen.length === 0 || isOff) {
			print(flags, { ...view, open, proposal: null });
			return exitCodes.ok;
		}
		return await decide(replanner, { chosen, view, flags });
	} catch (error) {
		if (error instanceof ReplanObstacle) {
			throw new Error(error.message);
		}
		throw error;
	} finally {
		await replanner.close();
	}
}

interface View {
	readonly run: string;
	readonly rootPath: string;
	readonly isOff: boolean;
}

interface Decision {
	readonly chosen: readonly OpenDiscovery[];
	readonly view: View;
	readonly flags: ReplanFlags;
}

async function decide(replanner: Replanner, { chosen, view, flags }: Decision): Promise<number> {
	const by = flags.by ?? accountName();
	if (flags.reject !== undefined) {
		await replanner.reject(chosen, { reason: flags.reject, by });
		print(flags, { ...view, open: chosen, proposal: null, rejected: flags.reject });
		return exitCodes.ok;
	}
	if (flags.apply !== true) {
		print(flags, { ...view, open: chosen, proposal: await replanner.propose(chosen) });
		return exitCodes.person;
	}
	if (flags.auto === true) {
		const proposal = await replanner.propose(chosen);
		const why = whyAsk(proposal);
		if (why !== null) {
			print(flags, { ...view, open: chosen, proposal, asks: why });
			return exitCodes.person;
		}
	}
	const applied = await replanner.apply(chosen, {
		by,
		mayApply: (proposal) => (flags.auto === true ? whyAsk(proposal) : emptyReason(proposal)),
	});
	print(flags, { ...view, open: chosen, ...applied });
	return exitCodes.ok;
}

/** A replan that would change nothing, and has something that cannot be placed, needs other words from a person. */
function emptyReason(proposal: Proposal): string | null {
	const [first] = proposal.unplaced;
	return proposal.done.length === 0 && proposal.notes.length === 0 && first !== undefined
		? `Nothing of it can be placed: ${first.title}: ${first.reason} Change the plan by hand, or reject it: switchyard replan --reject REASON`
		: null;
}

function print(flags: ReplanFlags, view: Parameters<typeof replanText>[0]): void {
	const text = flags.json === true ? `${JSON.stringify(replanObject(view), null, 2)}\n` : replanText(view);
	process.stdout.write(text);
}

async function planAt(path: string, flags: ReplanFlags): Promise<FoundPlan> {
	const found = await choosePlan({ path, ...(flags.plan === undefined ? {} : { planKey: flags.plan }) });
	if ('message' in found) {
		throw new UsageError(found.message);
	}
	return found;
}

async function replannerOf(found: FoundPlan, path: string, flags: ReplanFlags) {
	const { rootPath } = found;
	const newest = (await listRuns(rootPath)).filter((run) => run.plan === found.id.key).at(-1);
	if (newest === undefined) {
		throw new UsageError(`There is no run of this plan in ${rootPath}: no worker has found anything yet.`);
	}
	const log = new RunLog(newest.folder);
	await log.refresh();
	const agents = flags.agentsFile === undefined ? [] : await readAgentsFile(flags.agentsFile);
	const readFiles = async () => {
		const { id, files, problems } = await planAt(path, flags);
		const reading = readPlan(id, files, { agents: agents.map(({ name }) => name) });
		const error = [...problems, ...reading.problems].find(({ severity }) => severity === 'error');
		if (error !== undefined) {
			throw new ReplanObstacle(
				`The plan has errors, so it cannot be replanned: line ${error.range.start.line + 1} of ${error.range.uri}: ${error.message} See: switchyard check ${path}`,
			);
		}
		return { id, files };
	};
	const replanner = new Replanner({ rootPath, run: newest.run, log, agents, readFiles });
	return { replanner, run: newest.run, policy: log.fold.table?.plan.replan ?? 'review' };
}

/** `--only`: discoveries by their ids, or by the ids of the tasks that they would add to the plan. */
async function chosenOf(
	replanner: Replanner,
	open: readonly OpenDiscovery[],
	only: readonly string[],
): Promise<readonly OpenDiscovery[]> {
	const isDirect = only.every((id) => open.some((each) => each.id === id));
	const proposal = isDirect || open.length === 0 ? null : await replanner.propose(open);
	const discoveryOf = new Map(
		(proposal?.done ?? []).filter(({ kind }) => kind === 'added').map((each) => [each.task, each.discovery]),
	);
	const wanted = new Set(only.map((id) => discoveryOf.get(id) ?? id));
	const unknown = [...wanted].find((id) => !open.some((each) => each.id === id));
	if (unknown !== undefined) {
		const tasks = proposal === null ? [] : addedTasks(proposal);
		const known = [...tasks, ...open.map(({ id }) => id)].join(', ') || 'none';
		throw new UsageError(`There is no open discovery ${unknown}. Open are: ${known}.`);
	}
	return open.filter(({ id }) => wanted.has(id));
}
