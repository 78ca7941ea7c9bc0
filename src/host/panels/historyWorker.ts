import { parentPort, workerData } from 'node:worker_threads';
import { readHistory } from '../../engine/journal/readHistory.ts';

/** More say no more about the next run, and would have to cross two process lines. */
const newestSamples = 5_000;

/** The entry of the history thread: reads the runs below one folder, answers, and ends. */
readHistory(String(workerData)).then(
	({ samples }) => parentPort?.postMessage(samples.slice(-newestSamples)),
	(error: unknown) => {
		throw error;
	},
);
