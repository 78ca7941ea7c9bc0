import { parentPort } from 'node:worker_threads';
import { layoutGraph } from '../../core/graph/layoutGraph.ts';
import type { LayoutReply, LayoutTask } from './layoutClient.ts';

/** The entry of the layout thread: one task at a time, each answered with a result or the reason there is none. */
parentPort?.on('message', (task: LayoutTask) => {
	parentPort?.postMessage(answer(task));
});

function answer({ generation, input }: LayoutTask): LayoutReply {
	try {
		return { generation, result: layoutGraph(input) };
	} catch (error) {
		return { generation, error: error instanceof Error ? error.message : String(error) };
	}
}
