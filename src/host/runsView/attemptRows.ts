import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkText } from '../../core/evidence/commandText.ts';
import { figureTexts } from '../../core/evidence/figureTexts.ts';
import type { RunCheck, RunTask } from '../../core/run/runPlan.ts';
import type { AttemptState, CheckState } from '../../core/run/runState.ts';
import type { JobPlace } from '../../engine/files/runPaths.ts';
import { attemptFolder, jobFiles, jobFolder } from '../../engine/files/runPaths.ts';
import { formatElapsed } from '../tree/formatTime.ts';
import type { Look } from '../tree/taskLook.ts';
import type { RowTexts } from './rowTexts.ts';
import type { RunRow } from './runRow.ts';

/** The attempts of one task of a run. */
export interface AttemptSource {
	readonly attempts: readonly AttemptState[];
	/** Null for what is no task of the plan, as the units of a gate. */
	readonly task: Pick<RunTask, 'checks' | 'steps'> | null;
	/** As the run's folders name it. */
	readonly id: string;
	readonly runFolder: string;
	readonly texts: RowTexts;
}

const going: Look = { icon: 'loading~spin', color: 'charts.blue', words: 'running' };
const passed: Look = { icon: 'pass-filled', color: 'testing.iconPassed', words: 'passed' };
const ended: Look = { icon: 'pass', color: null, words: 'ended' };
const failed: Look = { icon: 'error', color: 'testing.iconFailed', words: 'failed' };
const stopped: Look = { icon: 'stop-circle', color: 'testing.iconSkipped', words: 'stopped' };
const parked: Look = { icon: 'clock', color: 'charts.yellow', words: 'waits for a usage limit' };
const output: Look = { icon: 'output', color: null, words: 'output' };
const document: Look = { icon: 'json', color: null, words: 'report' };

/** A row for each attempt, in their order; below it what it wrote, its steps, its checks and its reports. */
export function attemptRows(parent: RunRow, source: AttemptSource): readonly RunRow[] {
	const { texts, runFolder, id } = source;
	return source.attempts.map((attempt): RunRow => {
		const { number, iteration, tier, agent, startedAt, endedAt, exit } = attempt;
		const look = attemptLook(attempt);
		const took = startedAt === null || endedAt === null ? '' : formatElapsed(endedAt - startedAt);
		const row: RunRow = {
			id: `${parent.id}/${number}`,
			label: texts.t('Attempt {0}', number),
			description: [
				texts.t(look.words),
				took,
				...(agent === null ? [] : [tier, agent]),
				...(exit === null || exit === 0 ? [] : [texts.t('exit code {0}', exit)]),
			]
				.filter((text) => text !== '')
				.join(' · '),
			look,
			detail: [
				attempt.reason,
				attempt.rejection ?? '',
				iteration === number ? '' : texts.t('Iteration {0}', iteration),
				startedAt === null ? '' : texts.time(startedAt),
			],
			context: 'attempt',
			target: parent.target,
			runFolder,
			...fileOf(join(jobFolder(runFolder, id, number), jobFiles.output)),
		};
		return { ...row, children: () => partsOf(row, attempt, source) };
	});
}

function attemptLook({ outcome, checks, rejection, endedAt }: AttemptState): Look {
	switch (outcome) {
		case null:
			return endedAt === null ? going : failed;
		case 'ok':
			if (checks.some((check) => !check.passed) || rejection !== null) {
				return failed;
			}
			return checks.length > 0 ? passed : ended;
		case 'cancelled':
		case 'void':
			return stopped;
		case 'usage-limit':
			return parked;
		default:
			return failed;
	}
}

function partsOf(parent: RunRow, attempt: AttemptState, source: AttemptSource): readonly RunRow[] {
	const { task, texts } = source;
	const checksOf = (checks: readonly CheckState[], known: readonly RunCheck[], step?: number) =>
		checks.map((check) => checkRow(parent, { attempt, check, known: known[check.index], step, source }));
	const whole = checksOf(attempt.checks, task?.checks ?? []);
	const reports = reportRows(parent, attempt, source);
	if (attempt.steps.length === 0) {
		const work = jobRow(parent, texts.t('Output'), { place: {}, attempt, source });
		return [...work, ...whole, ...reports];
	}
	const steps = attempt.steps.flatMap((step) => {
		const known = task?.steps?.[step.index];
		const name = known?.name ?? texts.t('Step {0}', step.index + 1);
		const work = jobRow(parent, name, { place: { step: step.index }, attempt, source });
		return [...work, ...checksOf(step.checks, known?.checks ?? [], step.index)];
	});
	return [...steps, ...whole, ...reports];
}

interface Job {
	readonly place: JobPlace;
	readonly attempt: AttemptState;
	readonly source: AttemptSource;
}

/** What a job wrote; none where it wrote nothing, or where its files were removed. */
function jobRow(parent: RunRow, label: string, { place, attempt, source }: Job): readonly RunRow[] {
	const { runFolder, id } = source;
	const file = fileOf(join(jobFolder(runFolder, id, attempt.number, place), jobFiles.output));
	return file.file === undefined
		? []
		: [
				{
					...{ id: `${parent.id}/output ${place.step ?? ''}`, label, description: '', look: output },
					...{ detail: [], context: 'file', target: parent.target, runFolder, ...file },
				},
			];
}

interface Checked {
	readonly attempt: AttemptState;
	readonly check: CheckState;
	readonly known: RunCheck | undefined;
	readonly step: number | undefined;
	readonly source: AttemptSource;
}

function checkRow(parent: RunRow, { attempt, check, known, step, source }: Checked): RunRow {
	const { texts, runFolder, id } = source;
	const { index, exit } = check;
	const look = check.passed ? passed : failed;
	const words = known === undefined ? '' : ('name' in known && known.name) || checkText(known);
	const folder = jobFolder(runFolder, id, attempt.number, { step, check: index });
	return {
		id: `${parent.id}/check ${step ?? ''} ${index}`,
		label: words || texts.t('Check {0}', index + 1),
		description: [
			texts.t(look.words),
			...(exit === null || exit === 0 ? [] : [texts.t('exit code {0}', exit)]),
			...figureTexts(check.figures).map(([name, text]) => `${name}: ${text}`),
		].join(' · '),
		look,
		detail: [check.reason, ...check.findings.slice(0, 10).map(({ text }) => text)],
		...{ context: 'file', target: parent.target, runFolder },
		...fileOf(join(folder, jobFiles.output)),
	};
}

/** What the worker and its judges reported themselves: their words, and no verdict of ours. */
function reportRows(
	parent: RunRow,
	attempt: AttemptState,
	{ runFolder, id }: AttemptSource,
): readonly RunRow[] {
	const out = join(attemptFolder(runFolder, id, attempt.number), jobFiles.out);
	const verdicts = attempt.checks.map(({ index }) =>
		join(jobFolder(runFolder, id, attempt.number, { check: index }), jobFiles.out, jobFiles.verdict),
	);
	return [join(out, jobFiles.report), ...verdicts]
		.filter((file) => existsSync(file))
		.map((file, index) => ({
			...{ id: `${parent.id}/report ${index}`, label: index === 0 ? jobFiles.report : jobFiles.verdict },
			...{ description: '', look: document, detail: [], context: 'file', target: parent.target },
			...{ runFolder, file },
		}));
}

function fileOf(file: string): { readonly file?: string } {
	return existsSync(file) ? { file } : {};
}
