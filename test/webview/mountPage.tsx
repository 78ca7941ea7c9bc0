import { Emitter } from '../../src/core/base/emitter.ts';
import { layoutGraph } from '../../src/core/graph/layoutGraph.ts';
import { graphStrings } from '../../src/protocol/graphStrings.ts';
import type { GraphActionRequest, GraphPlan, GraphStatus } from '../../src/protocol/graphView.ts';
import { act, requestLayout, showPlan, showStatuses } from '../../src/protocol/graphView.ts';
import { pageReady, reportPageProblem, showEnvironment } from '../../src/protocol/pageView.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';
import { mountGraph } from '../../webview-ui/graph/mountGraph.tsx';
import type { PageHost } from '../../webview-ui/shared/vscodeApi.ts';

export interface PageOptions {
	readonly plan: GraphPlan | null;
	readonly statuses?: readonly GraphStatus[];
	readonly cannotRun?: string;
	/** What an earlier life of the page left. */
	readonly left?: unknown;
	/** Replaces the layout. */
	readonly layout?: () => never;
}

/** The page in a document of its own, and the host at the other end of an in-memory wire. */
export function mountPage({ plan, statuses = [], cannotRun = '', left, layout }: PageOptions) {
	const toPage = new Emitter<unknown>();
	const toHost = new Emitter<unknown>();
	const written: unknown[] = [];
	const page: PageHost = {
		post: (message) => toHost.fire(structuredClone(message)),
		onMessage: toPage.event,
		readState: () => left,
		writeState: (state) => written.push(state),
	};
	const host = new RpcPeer({
		transport: { post: (message) => toPage.fire(structuredClone(message)), onMessage: toHost.event },
		logger: { debug() {}, info() {}, warn() {}, error() {} },
		session: 'test',
	});
	const actions: GraphActionRequest[] = [];
	const problems: string[] = [];
	host.onNotification(act, (request) => actions.push(request));
	host.onNotification(reportPageProblem, ({ message }) => problems.push(message));
	host.onRequest(requestLayout, ({ collapsed }) => {
		const result =
			layout?.() ?? layoutGraph({ ...(plan ?? { tracks: [], sprints: [], tasks: [] }), collapsed });
		return {
			revision: 1,
			width: result.width,
			height: result.height,
			nodes: [...result.nodes],
			edges: [...result.edges],
			sprints: [...result.sprints],
			lanes: [...result.lanes],
		};
	});
	host.onNotification(pageReady, () => {
		host.notify(showEnvironment, { cannotRun });
		host.notify(showPlan, { plan });
		host.notify(showStatuses, { reset: true, run: null, tasks: [...statuses] });
	});
	const root = document.createElement('div');
	document.body.replaceChildren(root);
	const mounted = mountGraph({
		root,
		host: page,
		session: 'test',
		plan: { rootUri: 'file:///shop', key: 'planning' },
		strings: graphStrings,
	});
	return {
		root,
		host,
		actions,
		problems,
		written,
		/** Sends anything to the page, as a broken host would. */
		inject: (message: unknown) => toPage.fire(message),
		dispose: () => mounted.dispose(),
		card: (id: string) => root.querySelector(`[id="card-task-${id}"]`),
		text: () => root.textContent ?? '',
		press: (key: string, more: KeyboardEventInit = {}) =>
			root
				.querySelector('.surface')
				?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })),
	};
}
