import { setTimeout as delay } from 'node:timers/promises';
import { silentLogger } from '../../core/base/ports.ts';
import { enumerate } from '../../core/run/summarise.ts';
import { RunLog } from '../journal/runLog.ts';
import { assembleEngine } from './assembleEngine.ts';
import { newWriter } from './openRun.ts';
import { StateProjection } from './stateProjection.ts';

export interface StopOptions {
	readonly rootPath: string;
	readonly folder: string;
	readonly tasks: readonly string[] | 'all';
}

/** T5 gives an attempt five seconds to end; what is left after this has an engine that does not answer. */
const patienceMs = 15_000;

/**
 * Journals the request, ends what no living engine looks after, and waits until every stopped process is gone. Returns
 * the ids that were running. Rejects with a sentence when a living engine does not act on it.
 */
export async function stopRun({ rootPath, folder, tasks }: StopOptions): Promise<readonly string[]> {
	const clock = { now: () => Date.now() };
	const log = new RunLog(folder);
	await log.refresh();
	const run = log.fold.created?.run ?? '';
	const unknown = tasks === 'all' ? [] : tasks.filter((id) => log.fold.table?.tasks.has(id) !== true);
	if (unknown.length > 0) {
		throw new Error(`The run ${run} has no task ${enumerate(unknown)}.`);
	}
	const writer = newWriter(folder, clock);
	await writer.append([{ kind: 'stop-requested', tasks, by: 'switchyard stop' }]);
	await log.refresh();
	const stopping = stoppingIn(log);
	const { engine, failure, release } = assembleEngine({
		run,
		rootPath,
		log,
		writer,
		face: 'terminal',
		jobs: null,
		agentLimit: null,
		onlyStopping: true,
		takeOver: false,
		clock,
		logger: silentLogger,
	});
	try {
		await Promise.race([engine.run({ tasks: [], label: 'stop', explicit: false }), failure]);
		for (let waited = 0; stoppingIn(log).length > 0; waited += 100) {
			if (waited > patienceMs) {
				throw new Error(
					`${stoppingIn(log).join(', ')} did not stop: the engine that runs it does not answer.`,
				);
			}
			await delay(100);
			await log.refresh();
		}
		await new StateProjection({ rootPath, log, logger: silentLogger }).flush();
		return stopping;
	} finally {
		engine.abandon();
		await release();
	}
}

function stoppingIn(log: RunLog): string[] {
	const { table } = log.fold;
	return [...(table?.active ?? [])].filter((id) => table?.tasks.get(id)?.stopping === true);
}
