import { join } from 'node:path';
import type { EvidenceInput } from '../../core/evidence/evidenceInput.ts';
import { renderEvidence } from '../../core/evidence/evidenceMarkdown.ts';
import type { EvidencePlace } from '../../core/evidence/evidenceNames.ts';
import { evidenceFolders, safeName } from '../../core/evidence/evidenceNames.ts';
import { metricsOf } from '../../core/evidence/figureTexts.ts';
import { unitPlace } from '../../core/evidence/gatePlaces.ts';
import type { IntegrationStep } from '../../core/evidence/integrationReport.ts';
import { renderIntegration } from '../../core/evidence/integrationReport.ts';
import { renderResults } from '../../core/evidence/resultsJson.ts';
import { renderValidation } from '../../core/evidence/validationReport.ts';
import type { WorkerReport } from '../../core/evidence/workerReport.ts';
import { readWorkerReport } from '../../core/evidence/workerReport.ts';
import type { RunGate } from '../../core/run/runGate.ts';
import type { RunPlan, RunTask } from '../../core/run/runPlan.ts';
import type { TaskState } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { attemptFolder, jobFiles } from '../files/runPaths.ts';
import { captureAttempt } from './captureAttempt.ts';
import { compareFiles } from './compareFiles.ts';
import type { WrittenEvidence } from './evidenceFolder.ts';
import { EvidenceDraft, EvidenceFolder } from './evidenceFolder.ts';
import { GitPlaces } from './gitPlaces.ts';
import type { Observed } from './observe.ts';
import { keepObserved, readObserved } from './observe.ts';
import type { JobContext } from './prepareJob.ts';

/** Collects what a finished task left, and writes its EVIDENCE.md and results.json (FORMATS 2.3). */
export class EvidenceWriter {
	readonly #created: EvidencePlace;
	readonly #table: () => RunTable | null;
	readonly #git = new GitPlaces();
	#folders: { readonly plan: RunPlan; readonly byTask: ReadonlyMap<string, string> } | null = null;

	/** `table`: the rows as they stand, because the report of an integration speaks of several of them. */
	constructor(created: EvidencePlace, table: () => RunTable | null) {
		this.#created = created;
		this.#table = table;
	}

	/** Writes both files, each atomically. */
	async write(context: JobContext, state: TaskState): Promise<WrittenEvidence> {
		const evidence = new EvidenceFolder(context.rootPath, this.#placeOf(context.plan, state).folder);
		await this.#fill(context, state, { evidence, recalls: false });
		return evidence;
	}

	/** The same and not written, and as things stood when the attempt had ended, as far as that was kept. */
	async draft(context: JobContext, state: TaskState): Promise<EvidenceDraft> {
		const evidence = new EvidenceDraft(context.rootPath, this.#placeOf(context.plan, state).folder);
		await this.#fill(context, state, { evidence, recalls: true });
		return evidence;
	}

	/** What a task leaves; of the units of a gate a validator leaves its verdict, and an integration its report. */
	async #fill(context: JobContext, state: TaskState, target: Target): Promise<void> {
		const { evidence } = target;
		const { report, gate } = this.#placeOf(context.plan, state);
		const role = state.task.unit?.role;
		const input = await this.#collect(context, state, target);
		if (gate !== null && role === 'validation') {
			await evidence.put(report, renderValidation(input));
			return;
		}
		await evidence.put('results.json', renderResults(input));
		const text =
			gate !== null && role === 'integration'
				? renderIntegration(await this.#integrations(context, gate, evidence), gate.sprint ?? gate.name)
				: renderEvidence(input);
		await evidence.put(report, text);
	}

	/** The folder relative to the root, the name of the report in it, and the gate that the row belongs to. */
	#placeOf(plan: RunPlan, { task }: TaskState): Place {
		const { unit } = task;
		const gate = unit === undefined ? undefined : this.#table()?.gates.get(unit.gate)?.gate;
		if (unit === undefined || gate === undefined) {
			return { folder: this.#folderOf(plan, task.id), report: 'EVIDENCE.md', gate: null };
		}
		const { folder, report } = unitPlace(plan, task, { gate, unit, place: this.#created });
		return { folder, report: report.slice(folder.length + 1), gate };
	}

	/** Every integration that the report of a gate is about, in the order in which they were made. */
	async #integrations(
		context: JobContext,
		gate: RunGate,
		evidence: EvidenceFolder,
	): Promise<IntegrationStep[]> {
		const table = this.#table();
		const gates = gate.sprint === null ? [] : (table?.gates.ofSprint(gate.sprint) ?? []);
		const names = new Set([gate.id, ...gates.map((entry) => entry.gate.id)]);
		const made = [...(table?.tasks.values() ?? [])].filter(
			({ task: { unit }, attempts }) =>
				unit?.role === 'integration' && names.has(unit.gate) && attempts.length > 0,
		);
		const inOrder = made.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
		return Promise.all(
			inOrder.map(async (state) => {
				const cycle = state.task.unit?.cycle ?? 1;
				const of = table?.gates.get(state.task.unit?.gate ?? '')?.gate;
				const name = of?.level === 'batch' ? of.name : state.task.name;
				return {
					title: `${name}${cycle > 1 ? `, cycle ${cycle}` : ''}`,
					input: await this.#collect(context, state, { evidence, recalls: true }),
				};
			}),
		);
	}

	#folderOf(plan: RunPlan, task: string): string {
		if (this.#folders?.plan !== plan) {
			this.#folders = { plan, byTask: evidenceFolders(plan, this.#created) };
		}
		return this.#folders.byTask.get(task) ?? `.work/unscheduled/${encodeURIComponent(task)}`;
	}

	async #collect(
		context: JobContext,
		state: TaskState,
		{ evidence, recalls }: Target,
	): Promise<EvidenceInput> {
		const { task } = state;
		const secrets = context.secrets.of(task);
		const capture = { context, task, evidence, secrets, logPrefix: logPrefixOf(task) };
		const last = state.attempts.at(-1)?.number ?? 1;
		const work = attemptFolder(context.runFolder, task.id, last);
		const report = reportOf(reportFolder(state, work));
		const [attempts, { files, git, isLate }] = await Promise.all([
			Promise.all(state.attempts.map((attempt) => captureAttempt(capture, attempt))),
			this.#observe(context.rootPath, task, { work, recalls }),
		]);
		return {
			run: context.run,
			planName: context.plan.name,
			task,
			status: state.status,
			validation: state.validation,
			reason: state.reason,
			attempts,
			files,
			place: 'in-place',
			git,
			report: report.report,
			metrics: metricsOf(state, state.attempts.at(-1)),
			deviations: [...(report.problem === '' ? [] : [report.problem]), ...(isLate ? [lateNote] : [])],
			secrets,
		};
	}

	/** How files and commit stand; `recalls`: how they stood, as far as that was kept. */
	async #observe(
		rootPath: string,
		task: RunTask,
		{ work, recalls }: { readonly work: string; readonly recalls: boolean },
	): Promise<Observed & { readonly isLate: boolean }> {
		const kept = recalls ? readObserved(work) : null;
		if (kept !== null) {
			return { ...kept, isLate: false };
		}
		const [files, git] = await Promise.all([compareFiles(rootPath, task, work), this.#git.placeOf(rootPath)]);
		if (!recalls) {
			keepObserved(work, { files, git });
		}
		const saysSomething = files.length > 0 || git.kind !== 'none';
		return { files, git, isLate: recalls && saysSomething };
	}
}

/** Said in evidence that was written again where nothing tells any more how things stood. */
const lateNote =
	'This was written again later: files and commit are given as they were then, not as they were when the task ended.';

interface Place {
	readonly folder: string;
	readonly report: string;
	readonly gate: RunGate | null;
}

interface Target {
	readonly evidence: EvidenceFolder;
	/** Takes files and commit from what was kept when the attempt had ended. */
	readonly recalls: boolean;
}

/** Validators share a folder, and so do the integrations of a sprint. */
function logPrefixOf({ unit }: RunTask): string {
	switch (unit?.role) {
		case 'validation':
			return `${safeName(unit.slot)}-`;
		case 'integration':
			return `${safeName(unit.gate)}-cycle-${unit.cycle}-`;
		default:
			return '';
	}
}

/** Of a chain the last step that left a report has the last word. */
function reportFolder(state: TaskState, work: string): string {
	const last = state.attempts.at(-1)?.steps.findLast(({ redo, outcome }) => redo && outcome !== null);
	return last === undefined ? work : join(work, `step-${last.index + 1}`);
}

function reportOf(folder: string): { report: WorkerReport | null; problem: string } {
	try {
		const found = readSmallFile(join(folder, jobFiles.out, jobFiles.report));
		return found === null ? { report: null, problem: '' } : readWorkerReport(found.text);
	} catch {
		return { report: null, problem: '' };
	}
}
