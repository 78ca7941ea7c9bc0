import { randomUUID } from 'node:crypto';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTwoFilesPatch } from 'diff';
import { milestoneFolder } from '../../core/evidence/evidenceNames.ts';
import { findSecrets } from '../../core/evidence/redact.ts';
import { renderReplan, replanFile } from '../../core/evidence/replanDocument.ts';
import type { PlanFile, PlanId } from '../../core/plan/plan.ts';
import type { Proposal } from '../../core/replan/proposal.ts';
import { addedTasks } from '../../core/replan/proposal.ts';
import type { OpenDiscovery } from '../../core/replan/proposeReplan.ts';
import { proposeReplan } from '../../core/replan/proposeReplan.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import { discoveryTitle } from '../../core/run/discovery.ts';
import type { ReplanApplied } from '../../core/run/replanFacts.ts';
import { maxReplans } from '../../core/run/replanState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { enumerate } from '../../core/run/summarise.ts';
import type { FileChange } from '../../core/schedule/files/fileChange.ts';
import { replaceFile } from '../files/replaceFile.ts';
import { journalFile } from '../files/runPaths.ts';
import { writeFileChanges } from '../files/writeFileChanges.ts';
import { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import { livenessOf, ownIdentity } from '../processes/processIdentity.ts';
import { collectDiscoveries } from './collectDiscoveries.ts';
import { otherDecides } from './otherDecides.ts';

/** A replan cannot be done now; a sentence that says why and what to do. */
export class ReplanObstacle extends Error {}

export interface ReplannerOptions {
	readonly rootPath: string;
	readonly run: string;
	readonly log: RunLog;
	readonly agents: readonly ConfiguredAgent[];
	/** Reads the plan files as they are now; throws a `ReplanObstacle` where the plan has errors. */
	readonly readFiles: () => Promise<{ readonly id: PlanId; readonly files: readonly PlanFile[] }>;
}

/** What was decided, and what it led to. */
export interface AppliedReplan {
	readonly number: number;
	readonly proposal: Proposal;
	/** Of the document, relative to the root. */
	readonly document: string;
}

/** Decides about the discoveries of one run: one process at a time, each decision a line of the journal (R1–R3, D3). */
export class Replanner {
	readonly #options: ReplannerOptions;
	readonly #writer: JournalWriter;

	constructor(options: ReplannerOptions) {
		this.#options = options;
		this.#writer = new JournalWriter({
			file: journalFile(options.log.folder),
			clock: { now: () => Date.now() },
			writerName: () => `replan-${randomUUID().slice(0, 8)}`,
		});
	}

	async close(): Promise<void> {
		await this.#writer.close();
	}

	/** Journals what workers left in their folders, and returns what nobody decided about. */
	async collect(): Promise<readonly OpenDiscovery[]> {
		const table = await this.#table();
		const events = collectDiscoveries(this.#options.log.folder, table);
		if (events.length > 0) {
			await this.#writer.append(events);
		}
		return (await this.#table()).replans.open();
	}

	/** What these discoveries would do to the plan as it is now. Writes nothing. */
	async propose(discoveries: readonly OpenDiscovery[]): Promise<Proposal> {
		const table = await this.#table();
		const { id, files } = await this.#options.readFiles();
		const usedIds = table.usedIds();
		return proposeReplan({
			id,
			files,
			discoveries,
			fixed: fixedTasks(table),
			usedIds,
			agents: this.#options.agents,
		});
	}

	/** Writes the plan files, the document and the line of the journal. `mayApply` looks at the proposal that will be written. */
	async apply(
		discoveries: readonly OpenDiscovery[],
		options: { readonly by: string; readonly mayApply?: (proposal: Proposal) => string | null },
	): Promise<AppliedReplan> {
		return await this.#claimed(async (claim) => {
			const table = await this.#table();
			const number = table.replans.applied.length + 1;
			if (number > maxReplans) {
				throw new ReplanObstacle(
					`This run was replanned ${maxReplans} times, which is the most (R3). Change the plan by hand, or reject what is left: switchyard replan --reject REASON`,
				);
			}
			const open = new Set(table.replans.open().map(({ id }) => id));
			const chosen = discoveries.filter(({ id }) => open.has(id));
			if (chosen.length === 0) {
				throw new ReplanObstacle(`${otherDecides} has decided about this replan already.`);
			}
			const proposal = await this.propose(chosen);
			const refusal = options.mayApply?.(proposal) ?? null;
			if (refusal !== null) {
				throw new ReplanObstacle(refusal);
			}
			await writeFileChanges(this.#options.rootPath, proposal.changes);
			const decision = decisionOf(table, { number, chosen, proposal, by: options.by });
			const document = await this.#writeDocument(table, { proposal, ...decision });
			await this.#writer.append([{ kind: 'replan-applied', claim, ...decision }]);
			return { number, proposal, document };
		});
	}

	async reject(
		discoveries: readonly OpenDiscovery[],
		{ reason, by }: { readonly reason: string; readonly by: string },
	): Promise<void> {
		await this.#claimed(async (claim) => {
			const ids = discoveries.map(({ id }) => id);
			await this.#writer.append([{ kind: 'replan-rejected', claim, discoveries: ids, reason, by }]);
		});
	}

	async #writeDocument(
		table: RunTable,
		decision: Omit<ReplanApplied, 'kind' | 'claim'> & { readonly proposal: Proposal },
	): Promise<string> {
		const { rootPath, run, log } = this.#options;
		const { proposal, number, by, trigger, reason } = decision;
		const place = { run, createdAt: log.fold.created?.at ?? Date.now() };
		const document = `${milestoneFolder(table.plan, place)}/replans/${replanFile(number)}`;
		const text = renderReplan({
			...proposal,
			plan: table.plan.name,
			number,
			by,
			trigger,
			reason,
			at: Date.now(),
			diff: proposalDiff(rootPath, proposal.changes),
			secrets: findSecrets(process.env),
		});
		await replaceFile(rootPath, join(rootPath, ...document.split('/')), text);
		return document;
	}

	/** D3: replanning is claimed; a claim ends with its process. */
	async #claimed<T>(work: (claim: string) => Promise<T>): Promise<T> {
		const { claim: held } = (await this.#table()).replans;
		if (held !== null && livenessOf(held.process) !== 'dead') {
			throw new ReplanObstacle(
				`${otherDecides} (${held.process.pid} on ${held.process.host}) is deciding about this replan. Try again when it is done.`,
			);
		}
		const claim = randomUUID();
		const from = held?.claim ?? null;
		await this.#writer.append([{ kind: 'replan-claimed', claim, from, process: ownIdentity() }]);
		if ((await this.#table()).replans.claim?.claim !== claim) {
			throw new ReplanObstacle(
				`${otherDecides} began to decide about this replan. Try again when it is done.`,
			);
		}
		try {
			return await work(claim);
		} finally {
			await this.#writer.append([{ kind: 'replan-released', claim }]);
			await this.#table();
		}
	}

	/** The tables as far as the journal goes now. */
	async #table(): Promise<RunTable> {
		const { log } = this.#options;
		// Twice: the first may have been under way before the last line was written.
		await log.refresh();
		await log.refresh();
		const { table } = log.fold;
		if (table === null) {
			throw new ReplanObstacle(`The run ${this.#options.run} has no journal that can be read.`);
		}
		return table;
	}
}

/** What the journal says of a replan. */
function decisionOf(
	table: RunTable,
	decision: {
		readonly number: number;
		readonly chosen: readonly OpenDiscovery[];
		readonly proposal: Proposal;
		readonly by: string;
	},
): Omit<ReplanApplied, 'kind' | 'claim'> {
	const { number, chosen, proposal, by } = decision;
	const titles = chosen.filter(({ what }) => what.kind !== 'note').map(({ what }) => discoveryTitle(what));
	const lost = new Set(proposal.unplaced.map(({ discovery }) => discovery));
	const placed = new Set(proposal.done.map(({ discovery }) => discovery));
	return {
		number,
		version: proposal.version.after,
		// What nothing came of stays open: a person rejects it, or makes room for it.
		discoveries: chosen.map(({ id }) => id).filter((id) => !lost.has(id) || placed.has(id)),
		added: addedTasks(proposal),
		reason: titles.length === 0 ? 'Notes of workers' : enumerate(titles),
		trigger: [...new Set(chosen.map(({ task }) => task))].filter((id) => table.knownState(id) !== undefined),
		by,
		minutes: proposal.minutes,
	};
}

/** The changes of files as a unified diff with paths below the root. */
export function proposalDiff(rootPath: string, changes: readonly FileChange[]): string {
	return changes
		.map(({ uri, before, after }) => {
			const name = relative(rootPath, fileURLToPath(uri)).replaceAll('\\', '/');
			return createTwoFilesPatch(
				before === null ? '/dev/null' : `a/${name}`,
				`b/${name}`,
				before ?? '',
				after ?? '',
			);
		})
		.join('');
}

/** R2: what is done stays as it is, and what runs keeps what it began with. */
function fixedTasks(table: RunTable): Map<string, string> {
	const fixed = new Map<string, string>();
	for (const { task, status } of table.planTasks()) {
		if (status === 'completed' || status === 'skipped') {
			fixed.set(task.id, `${task.id} is ${status} and stays as it is.`);
		} else if (status === 'running' || status === 'checking' || status === 'merging') {
			fixed.set(task.id, `${task.id} is running.`);
		}
	}
	return fixed;
}
