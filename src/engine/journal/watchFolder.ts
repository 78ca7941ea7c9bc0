import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';
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
	/** The folder, or the nearest one above it that is there: what is made in that one may lead to it. */
	let watched = '';

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
		if (watched !== '' && !existsSync(watched)) {
			// A watch on what was removed says nothing ever again.
			detach();
		}
		if (ended || watched === options.folder) {
			return;
		}
		const place = nearestFolder(options.folder);
		if (place === watched) {
			return;
		}
		detach();
		try {
			watcher = watch(place, { persistent: false }, (what) => {
				// What is only written into the folder cannot have moved it.
				if (what === 'rename') {
					attach();
				}
				void call();
			});
			watcher.on('error', detach);
			watched = place;
		} catch {
			// No watches left: the poll does it alone and tries again.
			detach();
		}
	};
	const detach = () => {
		watcher?.close();
		watcher = null;
		watched = '';
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

/** At most two levels up: further away nothing is said about the folder. */
function nearestFolder(folder: string): string {
	return [folder, dirname(folder), dirname(dirname(folder))].find((path) => existsSync(path)) ?? folder;
}
