import type { Disposable } from '../../src/core/base/disposable.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import type { HistorySample } from '../../src/core/history/historySample.ts';
import { pageReady, reportPageProblem, showEnvironment } from '../../src/protocol/pageView.ts';
import { previewStrings } from '../../src/protocol/previewStrings.ts';
import type { PreviewAct, RunPreviewed, ShownPlan } from '../../src/protocol/previewView.ts';
import {
	previewAct,
	runPreviewed,
	showHistory,
	showPreviewPlan,
	wantStrategy,
} from '../../src/protocol/previewView.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';
import { timelineStrings } from '../../src/protocol/timelineStrings.ts';
import type { ShowAttempts } from '../../src/protocol/timelineView.ts';
import { showAttempts } from '../../src/protocol/timelineView.ts';
import type { ForecastAnswer } from '../../webview-ui/forecast/forecast.ts';
import type { ForecastThread } from '../../webview-ui/forecast/forecastClient.ts';
import { ForecastDesk } from '../../webview-ui/forecast/forecastDesk.ts';
import { mountPreview } from '../../webview-ui/preview/mountPreview.tsx';
import type { PageHost } from '../../webview-ui/shared/vscodeApi.ts';
import { mountTimeline } from '../../webview-ui/timeline/mountTimeline.tsx';

export interface PanelOptions {
	/** What the host sends for a strategy; null for the plan's own. */
	readonly shown: (strategy: string | null) => ShownPlan | null;
	readonly cannotRun?: string;
	/** What an earlier life of the page left. */
	readonly left?: unknown;
	readonly attempts?: ShowAttempts;
	/** What finished runs took. */
	readonly history?: readonly HistorySample[];
	/** Replaces the thread of the simulator. */
	readonly startThread?: () => Promise<ForecastThread>;
}

/** The simulator on the thread of the test, answering later as another thread would. */
export async function sameThread(): Promise<ForecastThread> {
	let answer: (answer: ForecastAnswer) => void = () => {};
	const desk = new ForecastDesk({
		answer: (one) => answer(structuredClone(one)),
		later: (work) => setTimeout(work, 0),
	});
	return {
		post: (task) => setTimeout(() => desk.take(structuredClone(task)), 0),
		onAnswer: (listener) => {
			answer = listener;
		},
		onFailure() {},
		dispose() {},
	};
}

const plan = { rootUri: 'file:///shop', key: 'planning' };

/** A page in a document of its own, and its host at the other end of an in-memory wire. */
function mountPanel(options: PanelOptions, mount: (page: PageHost, root: Element) => Disposable) {
	const toPage = new Emitter<unknown>();
	const toHost = new Emitter<unknown>();
	const written: unknown[] = [];
	const host = new RpcPeer({
		transport: { post: (message) => toPage.fire(structuredClone(message)), onMessage: toHost.event },
		logger: { debug() {}, info() {}, warn() {}, error() {} },
		session: 'test',
	});
	const runs: RunPreviewed[] = [];
	const actions: PreviewAct[] = [];
	const problems: string[] = [];
	const strategies: (string | null)[] = [];
	host.onNotification(runPreviewed, (request) => runs.push(request));
	host.onNotification(previewAct, (request) => actions.push(request));
	host.onNotification(reportPageProblem, ({ message }) => problems.push(message));
	host.onNotification(wantStrategy, ({ strategy }) => {
		strategies.push(strategy);
		host.notify(showPreviewPlan, { shown: options.shown(strategy) });
	});
	let readies = 0;
	host.onNotification(pageReady, () => {
		readies++;
		host.notify(showEnvironment, { cannotRun: options.cannotRun ?? '' });
		host.notify(showPreviewPlan, { shown: options.shown(null) });
		if (options.history !== undefined) {
			host.notify(showHistory, { samples: [...options.history] });
		}
		if (options.attempts !== undefined) {
			host.notify(showAttempts, options.attempts);
		}
	});
	const page: PageHost = {
		post: (message) => toHost.fire(structuredClone(message)),
		onMessage: toPage.event,
		readState: () => options.left,
		writeState: (state) => written.push(state),
	};
	const root = document.createElement('div');
	document.body.replaceChildren(root);
	const mounted = mount(page, root);
	return {
		...{ root, host, runs, actions, problems, strategies, written },
		/** Sends anything to the page, as a broken host would. */
		inject: (message: unknown) => toPage.fire(message),
		/** How often the page asked for everything. */
		readies: () => readies,
		dispose: () => mounted.dispose(),
		text: () => root.textContent ?? '',
		find: <E extends Element>(selector: string) => root.querySelector<E>(selector),
		all: (selector: string) => [...root.querySelectorAll(selector)],
		/** What one of the figures says. */
		figure: (name: string) => root.querySelector(`[data-figure="${name}"] .value`)?.textContent ?? null,
	};
}

export function openPreview(options: PanelOptions) {
	return mountPanel(options, (host, root) =>
		mountPreview({
			...{ root, host, session: 'test', plan, strings: previewStrings },
			startThread: options.startThread ?? sameThread,
		}),
	);
}

export function openTimeline(options: PanelOptions) {
	return mountPanel(options, (host, root) =>
		mountTimeline({
			...{ root, host, session: 'test', plan, strings: timelineStrings },
			startThread: options.startThread ?? sameThread,
		}),
	);
}
