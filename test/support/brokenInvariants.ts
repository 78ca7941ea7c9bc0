import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { renderStateFile } from '../../src/core/evidence/stateFile.ts';
import type { StampedEvent } from '../../src/core/run/events.ts';
import { RunFold } from '../../src/core/run/runFold.ts';
import type { RunPlan } from '../../src/core/run/runPlan.ts';
import { sprintVerdicts } from '../../src/core/run/sprintVerdicts.ts';
import { countPossibleTracks } from '../../src/core/schedule/possibleTracks.ts';
import { journalFile, snapshotFile } from '../../src/engine/files/runPaths.ts';
import { parseSnapshot } from '../../src/engine/files/snapshot.ts';
import { JournalReader } from '../../src/engine/journal/journalReader.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { liveEngines } from '../../src/engine/journal/runView.ts';
import { WrittenWatch } from '../../src/engine/journal/writtenWatch.ts';
import { livenessOf } from '../../src/engine/processes/processIdentity.ts';
import { stateFilePath } from '../../src/engine/run/stateProjection.ts';
import type { JobResult, JobSpec } from '../../src/protocol/runnerFiles.ts';

/** What a fault may leave behind that is no fault of ours. */
export interface Allowed {
	/** Lines of journals that are damaged: exactly so many, or as many as there are. */
	readonly badLines?: number | 'any';
	/** The place of the state file could not be written to the end. */
	readonly staleState?: boolean;
}

/** One run, read from its files alone: every line that counts, and the state after the last. */
interface ReadRun {
	readonly folder: string;
	readonly fold: RunFold;
	readonly events: readonly StampedEvent[];
	readonly badLines: number;
	readonly reopened: readonly string[];
}

/**
 * What must hold after any fault, once nobody works on the runs of a folder any more, told from its files: each broken
 * rule as a sentence. No verdict is lost, none counts twice, nothing completed is done again, the state file is the
 * fold, evidence agrees with it, no engine lives on, no lock is left.
 */
export async function brokenInvariants(root: string, allowed: Allowed = {}): Promise<string[]> {
	const listed = await listRuns(root);
	const runs = await Promise.all(listed.map(({ folder }) => readRun(folder)));
	const bad = runs.reduce((sum, run) => sum + run.badLines, 0);
	const { badLines = 0 } = allowed;
	const broken = runs.flatMap((run) => [
		...lostVerdicts(run),
		...doubleVerdicts(run),
		...run.reopened,
		...wrongEvidence(root, run),
		...heldClaims(run),
	]);
	if (badLines !== 'any' && bad !== badLines) {
		broken.push(`${bad} damaged lines in the journal, and not ${badLines}`);
	}
	const last = runs.at(-1);
	if (last?.fold.table != null) {
		const altered = await new WrittenWatch(root).look(last.fold.table);
		broken.push(...altered.map(({ path, how }) => `${path} is ${how}, and not as it was written`));
	}
	if (last !== undefined && allowed.staleState !== true) {
		broken.push(...wrongState(root, last));
	}
	return [...broken, ...strayFiles(root).map((file) => `${file} is left`)];
}

async function readRun(folder: string): Promise<ReadRun> {
	const reader = new JournalReader(journalFile(folder));
	const fold = new RunFold();
	const events: StampedEvent[] = [];
	const reopened: string[] = [];
	let completed = new Set<string>();
	for (const event of await reader.read()) {
		const named = event.kind === 'run-created' || event.kind === 'plan-changed';
		if (fold.apply(event, named ? snapshotOf(folder, event.snapshot) : null) !== null) {
			continue;
		}
		events.push(event);
		const open = [...completed].filter((id) => {
			const status = fold.table?.tasks.get(id)?.status ?? 'completed';
			return status !== 'completed';
		});
		reopened.push(...open.map((id) => `${id} was completed, and ${event.kind} opened it again`));
		completed = new Set(
			[...(fold.table?.planTasks() ?? [])]
				.filter(({ status }) => status === 'completed')
				.map(({ task }) => task.id),
		);
	}
	const badLines = reader.badLines.filter(({ reason }) => reason !== 'chain').length;
	return { folder, fold, events, badLines, reopened };
}

function snapshotOf(folder: string, hash: string): RunPlan | null {
	try {
		return parseSnapshot(readFileSync(snapshotFile(folder, hash)), hash);
	} catch {
		return null;
	}
}

/** `task attempt job`, as a job is named in its spec; null for a line that is no verdict. */
function jobOfEvent(event: StampedEvent): string | null {
	switch (event.kind) {
		case 'attempt-ended':
			return `${event.task} ${event.attempt} ${stepName(event.step) || 'work'}`;
		case 'baseline-taken':
			return `${event.task} ${event.attempt} baseline-${event.check + 1}`;
		case 'check-ended': {
			const names = [stepName(event.step), `check-${event.check + 1}`];
			return `${event.task} ${event.attempt} ${names.filter((name) => name !== '').join('/')}`;
		}
		default:
			return null;
	}
}

function stepName(step: number | undefined): string {
	return step === undefined ? '' : `step-${step + 1}`;
}

/** Every verdict of a journal: its job, and what it says of the exit code (undefined where it says nothing). */
function verdictsOf({
	events,
}: ReadRun): { readonly job: string; readonly exit: number | null | undefined }[] {
	return events.flatMap((event) => {
		const job = jobOfEvent(event);
		return job === null ? [] : [{ job, exit: 'exit' in event ? event.exit : undefined }];
	});
}

/** A `result.json` that a runner wrote and that no line of the journal speaks of, or speaks of otherwise. */
function lostVerdicts(run: ReadRun): string[] {
	const verdicts = new Map(verdictsOf(run).map(({ job, exit }) => [job, exit]));
	return resultsIn(join(run.folder, 'attempts')).flatMap(({ job, exit }) => {
		const found = verdicts.has(job);
		const said = verdicts.get(job);
		// A check of a validator says what it says in its verdict; an exit that is left out says nothing.
		const agrees = said === undefined || said === null || said === exit;
		return found && agrees
			? []
			: [`${job} ended with exit ${exit}, and the journal says ${found ? said : 'nothing of it'}`];
	});
}

function doubleVerdicts(run: ReadRun): string[] {
	const seen = new Set<string>();
	return verdictsOf(run).flatMap(({ job }) => {
		// Checks are made again in rounds, after a stop or an approval; the work of an attempt is judged once.
		if (job.includes('check-') || !seen.has(job)) {
			seen.add(job);
			return [];
		}
		return [`${job} has two verdicts`];
	});
}

/** The jobs below a folder that came to their end, as their own files say. Earlier rounds of checks lie aside. */
function resultsIn(folder: string): { readonly job: string; readonly exit: number | null }[] {
	if (!existsSync(folder)) {
		return [];
	}
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !entry.name.includes('.round-') && entry.name !== 'out')
		.flatMap(({ name }) => {
			const place = join(folder, name);
			const spec = readJson<JobSpec>(join(place, 'spec.json'));
			const result = readJson<JobResult>(join(place, 'result.json'));
			const own =
				spec === null || result === null
					? []
					: [{ job: `${spec.task} ${spec.attempt} ${spec.job}`, exit: result.exit }];
			return [...own, ...resultsIn(place)];
		});
}

function readJson<T>(file: string): T | null {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as T;
	} catch {
		return null;
	}
}

function wrongState(root: string, { fold }: ReadRun): string[] {
	const { table, created, updatedAt } = fold;
	if (table === null || created === null) {
		return ['a run without a plan'];
	}
	const folded = renderStateFile({
		plan: table.plan,
		tasks: table.planTasks(),
		createdAt: created.at,
		updatedAt,
		gates: sprintVerdicts(table),
		maxPossibleTracks: countPossibleTracks(table.plan.tasks),
	});
	const file = stateFilePath(root, table.plan);
	const found = existsSync(file) ? readFileSync(file, 'utf8') : '';
	return found === folded ? [] : [`the state file is not the fold:\n${found}\ninstead of\n${folded}`];
}

/** Of every finished task: the evidence that the journal names is there, whole, and says what the journal says. */
function wrongEvidence(root: string, { fold }: ReadRun): string[] {
	return [...(fold.table?.planTasks() ?? [])].flatMap(({ task, status, attempts, evidence }) => {
		if (status !== 'completed' || attempts.length === 0) {
			return [];
		}
		const results = readJson<{ status?: string; attempts?: unknown[] }>(
			join(root, evidence ?? 'none', 'results.json'),
		);
		const agrees = results?.status === 'completed' && results.attempts?.length === attempts.length;
		return agrees ? [] : [`the evidence of ${task.id} (${evidence}) is missing or says something else`];
	});
}

/** Whatever a process holds, it holds as long as it lives: what is left afterwards keeps nobody out. */
function heldClaims({ fold }: ReadRun): string[] {
	const { table } = fold;
	if (table === null) {
		return [];
	}
	const live = liveEngines(table).map(({ id }) => `${id} lives on`);
	const replan = table.replans.claim;
	const held = replan !== null && livenessOf(replan.process) !== 'dead' ? ['a replan is claimed'] : [];
	return [...live, ...held];
}

/** Locks anywhere, and files of ours outside of `.switchyard` that are not whole documents. */
function strayFiles(root: string): string[] {
	return readdirSync(root, { recursive: true })
		.map(String)
		.filter((file) => /\.lock$/.test(file) || (!file.startsWith('.switchyard') && isUnfinished(file)))
		.filter((file) => existsSync(join(root, file)) && statSync(join(root, file)).isFile());
}

function isUnfinished(file: string): boolean {
	return /\.(yaml|md|json)\.(?!backup$)\w+$|\.tmp$/.test(file);
}
