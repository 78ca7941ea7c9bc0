import { Worker } from 'node:worker_threads';
import type { HistorySample } from '../../core/history/historySample.ts';
import type { ReadSamples } from './historySource.ts';

/** Reads history on the bundled thread. `file` is the absolute path of `dist/historyWorker.js`. */
export function samplesReader(file: string): ReadSamples {
	return (rootPath) =>
		new Promise((resolve, reject) => {
			const worker = new Worker(file, { workerData: rootPath });
			// The editor's own shutdown must not wait for a forecast.
			worker.unref();
			worker.once('message', (samples: readonly HistorySample[]) => resolve(samples));
			worker.once('error', reject);
			worker.once('exit', (code) => reject(new Error(`the thread ended with ${code} and no answer`)));
		});
}
