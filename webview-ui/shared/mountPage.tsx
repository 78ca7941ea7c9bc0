import type { ComponentChild } from 'preact';
import { render } from 'preact';
import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import type { Event } from '../../src/core/base/emitter.ts';
import { silentLogger } from '../../src/core/base/ports.ts';
import type { PlanId } from '../../src/core/plan/plan.ts';

import { reportPageProblem } from '../../src/protocol/pageView.ts';
import { RpcPeer } from '../../src/protocol/rpc.ts';
import { createMeasure, TextFitter } from './fitText.ts';
import { rememberSoon } from './rememberSoon.ts';
import type { PageHost } from './vscodeApi.ts';

/** What every page of a plan is given: its place in the document, its host, and every text it shows. */
export interface MountOptions<S> {
	readonly root: Element;
	readonly host: PageHost;
	/** Names this life of the page (protocol/rpc). */
	readonly session: string;
	readonly plan: PlanId;
	readonly strings: S;
}

/** What a page is built on. */
export interface PageGround<L> {
	readonly peer: RpcPeer;
	readonly fitter: TextFitter;
	/** What an earlier life of the page left about the same plan; null where there is nothing to be used. */
	readonly remembered: L | null;
	/** Lives as long as the page. */
	readonly owned: DisposableStore;
}

/** A page that was put together and is not drawn yet. */
export interface BuiltPage {
	readonly content: ComponentChild;
	/** What the next life of the page is to be told; the plan is added to it. */
	readonly leave: () => object;
	/** Fires with everything of which `leave` may say something else. */
	readonly onDidChange: readonly Event<unknown>[];
	/** Tells the host that the page listens. */
	readonly start: () => void;
}

/** Puts a page together, draws it, remembers where the person was in it, and tells the host that it listens. */
export function mountPage<S, L extends { readonly plan: PlanId }>(
	{ root, host, session, plan }: MountOptions<S>,
	readState: (value: unknown) => L | null,
	build: (ground: PageGround<L>) => BuiltPage,
): Disposable {
	const owned = new DisposableStore();
	const left = readState(host.readState());
	const remembered = left?.plan.rootUri === plan.rootUri && left.plan.key === plan.key ? left : null;
	// What the page cannot read is the host's to know: its log is the only one that anybody sees.
	const logger = {
		...silentLogger,
		warn: (message: string) => peer.notify(reportPageProblem, { message }),
		error: (message: string) => peer.notify(reportPageProblem, { message }),
	};
	const peer: RpcPeer = owned.add(new RpcPeer({ transport: host, logger, session }));
	const page = build({ peer, owned, remembered, fitter: new TextFitter(createMeasure()) });
	const write = () => host.writeState({ version: 1, plan, ...page.leave() });
	owned.add(rememberSoon({ write, onDidChange: page.onDidChange }));
	render(page.content, root);
	owned.add(toDisposable(() => render(null, root)));
	page.start();
	return owned;
}
