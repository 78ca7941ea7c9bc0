import { render } from 'preact';
import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import { silentLogger } from '../../src/core/base/ports.ts';
import type { PlanId } from '../../src/core/plan/plan.ts';
import type { TimelineViewState } from '../../src/protocol/persisted.ts';
import { readTimelineViewState } from '../../src/protocol/persisted.ts';
import { reportPreviewProblem } from '../../src/protocol/previewView.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';
import type { TimelineStrings } from '../../src/protocol/timelineStrings.ts';
import type { ForecastThread } from '../forecast/forecastClient.ts';
import { ForecastClient } from '../forecast/forecastClient.ts';
import { createMeasure, TextFitter } from '../shared/fitText.ts';
import { rememberSoon } from '../shared/rememberSoon.ts';
import type { PageHost } from '../shared/vscodeApi.ts';
import { App } from './App.tsx';
import { timelineContext } from './timelineContext.ts';
import { TimelineModel } from './timelineModel.ts';

export interface MountTimelineOptions {
	readonly root: Element;
	readonly host: PageHost;
	readonly session: string;
	readonly plan: PlanId;
	readonly strings: TimelineStrings;
	readonly startThread: () => Promise<ForecastThread>;
}

/** Puts the page together, draws it and tells the host that it listens. */
export function mountTimeline(options: MountTimelineOptions): Disposable {
	const { root, host, session, plan, strings } = options;
	const store = new DisposableStore();
	const left = readTimelineViewState(host.readState());
	const remembered = left?.plan.rootUri === plan.rootUri && left.plan.key === plan.key ? left : null;
	// What the page cannot read is the host's to know: its log is the only one that anybody sees.
	const logger = {
		...silentLogger,
		warn: (message: string) => peer.notify(reportPreviewProblem, { message }),
		error: (message: string) => peer.notify(reportPreviewProblem, { message }),
	};
	const peer: RpcPeer = store.add(new RpcPeer({ transport: host, logger, session }));
	const forecasts = store.add(new ForecastClient(options.startThread));
	const clock = () => performance.now();
	const model = store.add(new TimelineModel({ peer, forecasts, remembered, clock }));
	const stateOf = (): TimelineViewState => ({ version: 1, plan, ...model.remembered });
	store.add(rememberSoon({ write: () => host.writeState(stateOf()), onDidChange: model.onDidChange }));
	const services = { strings, model, fitter: new TextFitter(createMeasure()) };
	render(
		<timelineContext.Provider value={services}>
			<App />
		</timelineContext.Provider>,
		root,
	);
	store.add(toDisposable(() => render(null, root)));
	model.start();
	return store;
}
