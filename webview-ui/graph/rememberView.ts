import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore, toDisposable } from '../../src/core/base/disposable.ts';
import type { PlanId } from '../../src/core/plan/plan.ts';
import type { GraphViewState } from '../../src/protocol/persisted.ts';
import type { PageHost } from '../shared/vscodeApi.ts';
import type { CameraDriver } from './cameraDriver.ts';
import type { GraphModel } from './graphModel.ts';

export interface RememberOptions {
	readonly host: PageHost;
	readonly plan: PlanId;
	readonly model: GraphModel;
	readonly driver: CameraDriver;
}

const delayMs = 150;

/** Keeps with the editor where the person was, shortly after it changed: the page may be thrown away at any time. */
export function rememberView({ host, plan, model, driver }: RememberOptions): Disposable {
	const store = new DisposableStore();
	let timer: ReturnType<typeof setTimeout> | null = null;
	const write = () => {
		timer = null;
		const state: GraphViewState = { version: 1, plan, camera: driver.chosen, ...model.remembered };
		host.writeState(state);
	};
	const soon = () => {
		timer ??= setTimeout(write, delayMs);
	};
	// At once, too: the plan alone is what a window that reloads needs to bring the page back.
	write();
	store.add(driver.onDidMove(soon));
	store.add(model.onDidChange(soon));
	store.add(
		toDisposable(() => {
			if (timer !== null) {
				clearTimeout(timer);
			}
		}),
	);
	return store;
}
