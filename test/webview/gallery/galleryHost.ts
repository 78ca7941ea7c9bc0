import { layoutGraph } from '../../../src/core/graph/layoutGraph.ts';
import type { GraphPlan, GraphStatus } from '../../../src/protocol/graphView.ts';
import { largePlan, largeStatuses, seedGraphPlan, seedStatuses } from '../samplePlans.ts';

/**
 * Stands in for the editor around the built page: hands out the API, sends a sample plan and answers layout requests
 * with the real layout. `?plan=seed|empty|1000|10000&cannotRun=…` chooses what is shown.
 */
declare global {
	interface Window {
		acquireVsCodeApi: () => unknown;
		/** Every message of the page, for the gallery script. */
		received: unknown[];
		/** Sends a notification to the page. */
		tell: (method: string, params: unknown) => void;
	}
}

const query = new URLSearchParams(location.search);
const session = 'gallery';

function sample(): { plan: GraphPlan; statuses: readonly GraphStatus[] } {
	const name = query.get('plan') ?? 'seed';
	if (name === 'seed') {
		return { plan: seedGraphPlan, statuses: query.has('still') ? [] : seedStatuses };
	}
	if (name === 'flat') {
		const tasks = seedGraphPlan.tasks;
		return { plan: { ...seedGraphPlan, tracks: [], sprints: [], tasks }, statuses: seedStatuses };
	}
	if (name === 'empty') {
		return { plan: { ...seedGraphPlan, tasks: [], sprints: [], tracks: [] }, statuses: [] };
	}
	const plan = largePlan(Number(name));
	return { plan, statuses: largeStatuses(plan) };
}

const { plan, statuses } = sample();
window.received = [];
window.tell = (method, params) => window.postMessage({ jsonrpc: '2.0', session, method, params }, '*');

let state: unknown;
window.acquireVsCodeApi = () => ({
	postMessage(message: { id?: number; method?: string; params?: { collapsed?: string[] } }) {
		window.received.push(message);
		if (message.method === 'ready') {
			window.tell('environment', { cannotRun: query.get('cannotRun') ?? '' });
			window.tell('plan', { plan });
			window.tell('statuses', { reset: true, run: { id: 'exec-1', state: 'running' }, tasks: statuses });
		}
		if (message.method === 'layout' && query.has('fail')) {
			window.postMessage(
				{
					jsonrpc: '2.0',
					session,
					id: message.id,
					error: { code: -32603, message: 'The layout thread ended: out of memory' },
				},
				'*',
			);
		} else if (message.method === 'layout') {
			const result = layoutGraph({ ...plan, collapsed: message.params?.collapsed ?? [] });
			window.postMessage(
				{ jsonrpc: '2.0', session, id: message.id, result: { revision: 1, ...result } },
				'*',
			);
		}
	},
	getState: () => state,
	setState(next: unknown) {
		state = next;
	},
});
