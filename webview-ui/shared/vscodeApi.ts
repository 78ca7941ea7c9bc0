import type { Disposable } from '../../src/core/base/disposable.ts';
import { toDisposable } from '../../src/core/base/disposable.ts';
import type { Transport } from '../../src/protocol/rpc.ts';

/** The editor as a page sees it. Behind an interface, so that pages run in tests and outside of an editor. */
export interface PageHost extends Transport {
	/** What the page left here before it was hidden or the window reloaded. */
	readState(): unknown;
	writeState(state: unknown): void;
}

interface VsCodeApi {
	postMessage(message: unknown): void;
	getState(): unknown;
	setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Connects to the editor. May be called once in the life of a page, as the editor hands its API out once. */
export function connectToEditor(): PageHost {
	const api = acquireVsCodeApi();
	return {
		post: (message) => api.postMessage(message),
		onMessage: (listener) => listen(listener),
		readState: () => api.getState(),
		writeState: (state) => api.setState(state),
	};
}

function listen(listener: (message: unknown) => void): Disposable {
	const receive = (event: MessageEvent) => listener(event.data);
	window.addEventListener('message', receive);
	return toDisposable(() => window.removeEventListener('message', receive));
}
