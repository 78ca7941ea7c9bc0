import { watch } from 'node:fs';
import type { Disposable } from '../../core/base/disposable.ts';
import { toDisposable } from '../../core/base/disposable.ts';

/**
 * Calls back soon after something in a folder changed, and every `pollMs` in any case: file events are a hint that
 * some file systems never give. The folder may not exist yet. Calls never overlap; one that comes during a call is made
 * after it.
 */
export function watchFolder(options: {
	readonly folder: string;
	readonly pollMs: number;
	readonly onChange: () => Promise<void>;
	readonly onError: (error: unknown) => void;
}): Disposable {
	let ended = false;
	let running = false;
	let again = false;
	let watcher: ReturnType<typeof watch> | null = null;

	const call = async (): Promise<void> => {
		if (running || ended) {
			again = true;
			return;
		}
		running = true;
		try {
			do {
				again = false;
				await options.onChange();
			} while (again && !ended);
		} catch (error) {
			options.onError(error);
		} finally {
			running = false;
		}
	};
	const attach = () => {
		if (watcher !== null || ended) {
			return;
		}
		try {
			watcher = watch(options.folder, { persistent: false }, () => void call());
			watcher.on('error', detach);
		} catch {
			// Not there yet, or no watches left: the poll does it alone and tries again.
			watcher = null;
		}
	};
	const detach = () => {
		watcher?.close();
		watcher = null;
	};
	attach();
	const timer = setInterval(() => {
		attach();
		void call();
	}, options.pollMs);
	return toDisposable(() => {
		ended = true;
		clearInterval(timer);
		detach();
	});
}
