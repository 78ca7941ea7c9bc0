import { render } from 'preact';
import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import { silentLogger } from '../../src/core/base/ports.ts';
import type { PlanId } from '../../src/core/plan/plan.ts';
import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import { reportProblem } from '../../src/protocol/graphView.ts';
import { readGraphViewState } from '../../src/protocol/persisted.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';
import { createMeasure, TextFitter } from '../shared/fitText.ts';
import type { PageHost } from '../shared/vscodeApi.ts';
import { App } from './App.tsx';
import { CameraDriver } from './cameraDriver.ts';
import { followModel } from './followModel.ts';
import { GraphModel } from './graphModel.ts';
import { rememberView } from './rememberView.ts';
import { viewContext } from './viewContext.ts';

export interface MountOptions {
	readonly root: Element;
	readonly host: PageHost;
	readonly session: string;
	readonly plan: PlanId;
	readonly strings: GraphStrings;
}

/** Puts the page together, draws it and tells the host that it listens. */
export function mountGraph({ root, host, session, plan, strings }: MountOptions): Disposable {
	const store = new DisposableStore();
	const left = readGraphViewState(host.readState());
	const remembered = left?.plan.rootUri === plan.rootUri && left.plan.key === plan.key ? left : null;
	// What the page cannot read is the host's to know: its log is the only one that anybody sees.
	const logger = {
		...silentLogger,
		warn: (message: string) => peer.notify(reportProblem, { message }),
		error: (message: string) => peer.notify(reportProblem, { message }),
	};
	const peer: RpcPeer = store.add(new RpcPeer({ transport: host, logger, session }));
	const model = store.add(new GraphModel({ peer, remembered }));
	const driver = store.add(
		new CameraDriver({
			camera: remembered?.camera ?? null,
			still: () => window.matchMedia('(prefers-reduced-motion: reduce)').matches,
		}),
	);
	store.add(followModel(model, driver));
	store.add(rememberView({ host, plan, model, driver }));
	const services = { strings, model, driver, fitter: new TextFitter(createMeasure()), plan };
	render(
		<viewContext.Provider value={services}>
			<App />
		</viewContext.Provider>,
		root,
	);
	store.add(toDisposable(() => render(null, root)));
	model.start();
	return store;
}
