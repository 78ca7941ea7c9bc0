import { join } from 'node:path';
import type { Logger } from '../../core/base/ports.ts';
import type { EvidencePlace } from '../../core/evidence/evidenceNames.ts';
import { milestoneFolder } from '../../core/evidence/evidenceNames.ts';
import { renderSummary } from '../../core/evidence/executionSummary.ts';
import { renderFixSummary, renderFixTasks } from '../../core/evidence/fixReports.ts';
import { fixFolder, gateFolder } from '../../core/evidence/gatePlaces.ts';
import { renderReview } from '../../core/evidence/projectReview.ts';
import { findSecrets } from '../../core/evidence/redact.ts';
import type { SummaryInput } from '../../core/evidence/summaryInput.ts';
import { reportRun } from '../../core/history/runReport.ts';
import type { CycleOpened } from '../../core/run/events.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { costsOf } from '../../core/run/spending.ts';
import { summariseGates } from '../../core/run/summariseGate.ts';
import { explainDiskError } from '../files/diskError.ts';
import { replaceFile } from '../files/replaceFile.ts';
import { evidenceRecords, StaleWatch } from '../journal/evidenceRecords.ts';
import { costsIn } from '../journal/readHistory.ts';
import type { RunLog } from '../journal/runLog.ts';

/**
 * What is told of a run as a whole (FORMATS 2.3): the repairs of its gates while they go on, and the summary and the
 * review when an engine ends. All of it follows from the fold and the evidence, so that any engine may write it again.
 */
export class SummaryProjection {
	readonly #rootPath: string;
	readonly #log: RunLog;
	readonly #logger: Logger;
	readonly #place: EvidencePlace;
	#writing: Promise<void> = Promise.resolve();
	#cycles = 0;

	constructor(options: { rootPath: string; log: RunLog; logger: Logger; place: EvidencePlace }) {
		this.#rootPath = options.rootPath;
		this.#log = options.log;
		this.#logger = options.logger;
		this.#place = options.place;
	}

	/** Says that rows changed: a new cycle of repairs is written down before anybody is done with it. */
	touch(): void {
		const { table } = this.#log.fold;
		if (table !== null && table.cycles.length > this.#cycles) {
			const opened = table.cycles.slice(this.#cycles);
			this.#cycles = table.cycles.length;
			this.#enqueue(() => this.#writeFixes(table, opened));
		}
	}

	/** Writes everything as it stands now, and waits until it is there. */
	async flush(): Promise<void> {
		const { table } = this.#log.fold;
		if (table !== null) {
			this.#enqueue(() => this.#writeFixes(table, table.cycles));
			this.#enqueue(() => this.#writeWhole(table));
		}
		await this.#writing;
	}

	#enqueue(write: () => Promise<void>): void {
		this.#writing = this.#writing.then(write).catch((fault: unknown) => {
			const error = explainDiskError(fault);
			const reason = error instanceof Error ? error.message : String(error);
			this.#logger.warn(`The summary of the run could not be written: ${reason}`);
		});
	}

	async #writeFixes(table: RunTable, opened: readonly CycleOpened[]): Promise<void> {
		const secrets = findSecrets(process.env);
		for (const event of opened) {
			const entry = table.gates.get(event.gate);
			if (entry === undefined) {
				continue;
			}
			const base = gateFolder(table.plan, entry.gate, this.#place);
			const folder = join(this.#rootPath, ...fixFolder(base, event.cycle).split('/'));
			const units = [...table.tasks.values()].filter(
				({ task: { unit } }) =>
					unit?.gate === event.gate &&
					unit.cycle === event.cycle &&
					/^(fix|integration|validation)$/.test(unit.role),
			);
			const cycle = { gate: entry.gate, opened: event, units, secrets };
			await replaceFile(this.#rootPath, join(folder, 'tasks.md'), renderFixTasks(cycle));
			await replaceFile(this.#rootPath, join(folder, 'summary.md'), renderFixSummary(cycle));
		}
	}

	async #writeWhole(table: RunTable): Promise<void> {
		const started = [...table.tasks.values()].some(({ attempts }) => attempts.length > 0);
		if (!started) {
			return;
		}
		const input = await this.#collect(table);
		const folder = join(this.#rootPath, ...milestoneFolder(table.plan, this.#place).split('/'));
		await replaceFile(this.#rootPath, join(folder, 'EXECUTION-SUMMARY.md'), renderSummary(input));
		const review = input.gates.find(({ level }) => level === 'project');
		if (review !== undefined && review.status !== 'waiting') {
			await replaceFile(this.#rootPath, join(folder, 'PROJECT-REVIEW.md'), renderReview(input, review));
		}
	}

	async #collect(table: RunTable): Promise<SummaryInput> {
		const rows = [...table.tasks.values()];
		const costOf = costsIn(this.#log.folder, table);
		const costs = new Map<string, number>();
		for (const { task, attempts } of rows) {
			const known = attempts.flatMap(({ number }) => costOf(task.id, number) ?? []);
			if (known.length > 0) {
				costs.set(
					task.id,
					known.reduce((sum, cost) => sum + cost, 0),
				);
			}
		}
		return {
			run: this.#place.run,
			plan: table.plan,
			report: reportRun(table),
			tasks: [...table.planTasks()],
			units: rows.filter(({ task }) => task.unit !== undefined),
			gates: summariseGates(table),
			records: evidenceRecords(this.#rootPath, table),
			stale: await new StaleWatch(this.#rootPath).look(table),
			costs,
			spending: costsOf(table),
			replans: table.replans,
			secrets: findSecrets(process.env),
		};
	}
}
