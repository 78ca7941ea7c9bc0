import { createHash } from 'node:crypto';
import type { Finding } from '../../core/run/findings.ts';
import { findingsOf } from '../../core/run/findings.ts';
import type { Step } from '../../core/run/nextStep.ts';
import type { AgentRunCheck, CommandRunCheck, RunStep, RunTask, Work } from '../../core/run/runPlan.ts';
import type { AttemptState, TaskState } from '../../core/run/runState.ts';
import { chainOf, workOf } from '../../core/run/workOf.ts';
import type { JobPlace } from '../files/runPaths.ts';
import { placeOf } from './recovery.ts';

/** One job of an attempt, with everything that its files have to say. */
export interface JobId {
	readonly task: RunTask;
	readonly attempt: number;
	readonly place: JobPlace;
	/** How often the checks of this attempt were begun, from 1. */
	readonly round: number;
	/** What runs: the work itself, or what judges it. */
	readonly work: Work;
	/** The check that it makes; null for work. A person's check is no job. */
	readonly check: CommandRunCheck | AgentRunCheck | null;
	readonly title: string;
	/** The steps that its attempt does, from 1; empty for a task without steps. */
	readonly steps: readonly number[];
	readonly timeoutMinutes: number;
	readonly stallMinutes: number | null;
	/** What work and checks are told about themselves (T7). */
	readonly env: Readonly<Record<string, string>>;
	/** What the iteration before left to be repaired; empty for checks. */
	readonly findings: readonly Finding[];
	/** The attempt that left them; null where there is none. */
	readonly findingsFrom: AttemptState | null;
}

/** The job that a step of a task means. Null for a step that is none, or that the plan no longer has. */
export function describeJob(
	run: string,
	state: TaskState,
	step: Exclude<Step, { kind: 'evidence' }>,
): JobId | null {
	const attempt = state.attempts.at(-1);
	const place = placeOf(step);
	const part = place.step === undefined ? state.task : state.task.steps?.[place.step];
	const check = place.check === undefined ? null : part?.checks[place.check];
	if (attempt === undefined || part === undefined || check === undefined || check?.kind === 'approval') {
		return null;
	}
	const record = place.step === undefined ? attempt : (attempt.steps[place.step] ?? attempt);
	const work = check === null ? workOf(part, record) : workOfCheck(check, attempt.judge ?? null);
	const findingsFrom = check === null ? lastIteration(state) : null;
	const isAgents = check === null || check.kind === 'agent';
	return {
		task: state.task,
		attempt: attempt.number,
		place,
		round: attempt.round,
		work,
		check,
		title: place.step === undefined ? state.task.name : `${state.task.name}: ${part.name}`,
		steps: attempt.steps.filter(({ redo }) => redo).map(({ index }) => index + 1),
		timeoutMinutes: check?.timeoutMinutes ?? part.timeoutMinutes,
		stallMinutes: isAgents ? (state.task.stallMinutes ?? null) : null,
		env: {
			SWITCHYARD_ITERATION: String(attempt.iteration),
			SWITCHYARD_TIER: record.tier,
			SWITCHYARD_SESSION: sessionId(run, state.task.id, { place, attempt }),
			...roleOf(part, { place, check, work }),
		},
		findings: findingsFrom === null ? [] : findingsOf(findingsFrom),
		findingsFrom,
	};
}

function roleOf(
	part: RunTask | RunStep,
	{ place, check, work }: Pick<JobId, 'place' | 'check' | 'work'>,
): Record<string, string> {
	const persona = check?.kind === 'agent' ? check.persona : 'persona' in part ? part.persona : '';
	return {
		...(place.step !== undefined && { SWITCHYARD_STEP: String(place.step + 1) }),
		...(persona !== '' && { SWITCHYARD_PERSONA: persona }),
		...(work.kind === 'agent' && work.model !== undefined && { SWITCHYARD_MODEL: work.model }),
	};
}

/** Whoever judges in place of the one that was meant, while the limit of that one lasts, judges by the same words (T3). */
function workOfCheck(check: CommandRunCheck | AgentRunCheck, judge: string | null): Work {
	if (check.kind !== 'agent') {
		return { kind: 'command', command: check.command };
	}
	return chainOf(check.work).find(({ agent }) => agent === judge) ?? check.work;
}

/** The last iteration before the attempt that runs: what was none left no findings of the work (T3). */
function lastIteration(state: TaskState): AttemptState | null {
	const before = state.attempts.slice(0, -1).findLast(({ counts }) => counts);
	return before !== undefined && findingsOf(before).length > 0 ? before : null;
}

/**
 * A session of the agent, in the form of a UUID. The work of a task, or of one step, keeps its own through all iterations;
 * every check has another one, so that nobody judges what it remembers doing (G3).
 */
function sessionId(
	run: string,
	task: string,
	{ place, attempt }: { place: JobPlace; attempt: AttemptState },
): string {
	const judges = place.check === undefined ? '' : `${attempt.number} ${attempt.round} ${place.check}`;
	const hash = createHash('sha256')
		.update(JSON.stringify([run, task, place.step ?? '', judges]))
		.digest('hex');
	return [
		hash.slice(0, 8),
		hash.slice(8, 12),
		`4${hash.slice(13, 16)}`,
		`8${hash.slice(17, 20)}`,
		hash.slice(20, 32),
	].join('-');
}
