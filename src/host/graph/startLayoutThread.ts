import { Worker } from 'node:worker_threads';
import type { LayoutThread } from './layoutClient.ts';

/** Starts the bundled layout worker. `file` is the absolute path of `dist/layoutWorker.js`. */
export function startLayoutThread(file: string): LayoutThread {
	const worker = new Worker(file);
	// The editor's own shutdown must not wait for a drawing.
	worker.unref();
	return {
		post(task) {
			worker.postMessage(task);
		},
		onReply(listener) {
			worker.on('message', listener);
		},
		onDeath(listener) {
			worker.on('error', (error) => listener(String(error)));
			worker.on('exit', (code) => listener(`exit code ${code}`));
		},
		dispose() {
			void worker.terminate();
		},
	};
}
