import type { Disposable } from '../../core/base/disposable.ts';
import { DisposableOwner, toDisposable } from '../../core/base/disposable.ts';
import type { LayoutInput, LayoutResult } from '../../core/graph/layoutTypes.ts';

/** What the layout thread is asked. */
export interface LayoutTask {
	readonly generation: number;
	readonly input: LayoutInput;
}

export type LayoutReply =
	| { readonly generation: number; readonly result: LayoutResult }
	| { readonly generation: number; readonly error: string };

/** The thread as the client sees it. */
export interface LayoutThread extends Disposable {
	post(task: LayoutTask): void;
	onReply(listener: (reply: LayoutReply) => void): void;
	/** The thread died; it answers nothing any more. */
	onDeath(listener: (reason: string) => void): void;
}

interface Job {
	readonly task: LayoutTask;
	readonly resolve: (result: LayoutResult | null) => void;
	readonly reject: (error: Error) => void;
}

/**
 * Lays out plans on a thread of its own, which is started with the first request and again after it died. Only the
 * newest request matters: older ones resolve to null, whether their result was on the way or not.
 */
export class LayoutClient extends DisposableOwner {
	readonly #startThread: () => LayoutThread;
	#thread: LayoutThread | null = null;
	#generation = 0;
	/** The generation the thread works on, which may be one that nobody waits for any more. */
	#busyWith: number | null = null;
	#newest: Job | null = null;

	constructor(startThread: () => LayoutThread) {
		super();
		this.#startThread = startThread;
		this.register(
			toDisposable(() => {
				this.#newest?.resolve(null);
				this.#newest = null;
				this.#thread?.dispose();
				this.#thread = null;
			}),
		);
	}

	/** Null when a newer request came, or the client was disposed. Rejects when the layout failed. */
	layout(input: LayoutInput): Promise<LayoutResult | null> {
		if (this.isDisposed) {
			return Promise.resolve(null);
		}
		this.#newest?.resolve(null);
		return new Promise((resolve, reject) => {
			this.#generation++;
			this.#newest = { task: { generation: this.#generation, input }, resolve, reject };
			this.#next();
		});
	}

	#next(): void {
		if (this.#newest === null || this.#busyWith !== null) {
			return;
		}
		this.#thread ??= this.#openThread();
		this.#busyWith = this.#newest.task.generation;
		this.#thread.post(this.#newest.task);
	}

	#openThread(): LayoutThread {
		const thread = this.#startThread();
		thread.onReply((reply) => this.#take(reply));
		thread.onDeath((reason) => {
			if (this.#thread === thread) {
				this.#thread = null;
				this.#fail(`The layout thread ended: ${reason}`);
			}
		});
		return thread;
	}

	#take(reply: LayoutReply): void {
		this.#busyWith = null;
		const job = this.#newest;
		if (job?.task.generation !== reply.generation) {
			this.#next();
			return;
		}
		this.#newest = null;
		if ('result' in reply) {
			job.resolve(reply.result);
		} else {
			job.reject(new Error(reply.error));
		}
	}

	/** Only what the dead thread was working on failed; a newer request gets a new thread. */
	#fail(reason: string): void {
		const failed = this.#busyWith;
		this.#busyWith = null;
		const job = this.#newest;
		if (job !== null && job.task.generation === failed) {
			this.#newest = null;
			job.reject(new Error(reason));
		}
		this.#next();
	}
}
