import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '../../core/base/ports.ts';
import type { JournalWriter } from '../journal/journalWriter.ts';
import type { RunLog } from '../journal/runLog.ts';
import { RunnerLaunchers } from '../runner/runnerLaunchers.ts';
import { Engine } from './engine.ts';
import { EvidenceWriter } from './evidenceWriter.ts';
import type { JobTableOptions } from './jobTable.ts';
import { JobTable } from './jobTable.ts';
import { MachineSlots } from './machineSlots.ts';
import { TaskSecrets } from './taskSecrets.ts';

export interface AssembleOptions {
	readonly run: string;
	readonly rootPath: string;
	/** Read up to now: the run exists. */
	readonly log: RunLog;
	readonly writer: JournalWriter;
	readonly face: 'terminal' | 'editor';
	readonly jobs: number | null;
	/** Agents at once on this machine; null = the default. */
	readonly agentLimit: number | null;
	readonly onlyStopping: boolean;
	readonly takeOver: boolean;
	/** True while the plan may still grow (R3). */
	readonly holds?: (moment: 'claim' | 'end') => boolean;
	/** Looks for a newer plan before the run ends (D6); true where one was read. */
	readonly findMore?: () => Promise<boolean>;
	/** What starts runners and waits for them, for who has others. */
	readonly supervise?: JobTableOptions['supervise'];
	/** What writes evidence, for who has another. */
	readonly evidence?: JobTableOptions['evidence'];
	readonly clock: Clock;
	readonly logger: Logger;
}

/** The object graph of one engine. `failure` rejects when the engine must end, as when the disk is full. */
export function assembleEngine(options: AssembleOptions): {
	readonly engine: Engine;
	readonly failure: Promise<never>;
	readonly release: () => Promise<void>;
} {
	const { run, rootPath, log, writer, clock, logger } = options;
	const id = `engine-${process.pid}-${randomUUID().slice(0, 8)}`;
	let onFailure: (error: unknown) => void = () => {};
	const failure = new Promise<never>((_, reject) => {
		onFailure = reject;
	});
	// Awaited only while the engine runs; a failure after that has nobody left to tell.
	failure.catch(() => {});
	const secrets = new TaskSecrets();
	const launchers = new RunnerLaunchers();
	const jobTable = new JobTable({
		engine: id,
		context: () => {
			const plan = log.fold.table?.plan;
			if (plan === undefined) {
				throw new Error(`The run ${run} has no plan: ${log.folder} was removed.`);
			}
			return { rootPath, runFolder: log.folder, run, plan, secrets };
		},
		writer,
		evidence:
			options.evidence ??
			new EvidenceWriter({ run, createdAt: log.fold.created?.at ?? clock.now() }, () => log.fold.table),
		launch: launchers.launch,
		...(options.supervise === undefined ? {} : { supervise: options.supervise }),
		clock,
		logger,
		onFailure: (error) => onFailure(error),
	});
	const slots = new MachineSlots(options.agentLimit === null ? {} : { limit: options.agentLimit });
	const { face, jobs, onlyStopping, takeOver } = options;
	const { holds = () => false, findMore = async () => false } = options;
	const limits = { jobs, onlyStopping, takeOver, holds, findMore };
	const engine = new Engine({ id, rootPath, face, ...limits, log, writer, jobTable, slots, clock, logger });
	const release = async () => {
		launchers.close();
		await slots.release();
		await writer.close().catch(() => {});
		log.close();
	};
	return { engine, failure, release };
}
