import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Disposable } from '../../core/base/disposable.ts';
import { toDisposable } from '../../core/base/disposable.ts';
import type { Logger } from '../../core/base/ports.ts';
import type { LoaderReply } from '../../protocol/loaderReply.ts';

/** A save is followed by others (an editor's format on save, a branch switch): look once they are over. */
const pollMs = 2_000;

export interface PlanWatchOptions {
	/** The files of the plan as it was loaded. */
	readonly files: readonly string[];
	readonly load: () => Promise<LoaderReply>;
	readonly onPlan: (reply: LoaderReply & { kind: 'plan' }) => Promise<void>;
	readonly logger: Logger;
}

/**
 * Notices saved changes of a plan while it runs, and hands over each version that is free of errors (D6). While the
 * files have errors the last good version stays in force, and that is said once.
 */
export function watchPlan(options: PlanWatchOptions): Disposable {
	let files = options.files;
	let ended = false;
	let seen: string | null = null;
	let complained = '';
	const look = async (): Promise<void> => {
		const stamp = await stampOf(files);
		seen ??= stamp;
		if (stamp === seen || ended) {
			return;
		}
		seen = stamp;
		const reply = await options.load();
		if (reply.kind === 'no-plan') {
			complain(
				`The plan cannot be read any more; the version that was started stays in force. ${reply.message}`,
			);
			return;
		}
		files = reply.files;
		seen = await stampOf(files);
		if (reply.kind === 'faults') {
			const [first] = reply.faults;
			complain(
				`The plan has errors; its last good version stays in force. ${first?.file}:${first?.line}:${first?.column} ${first?.message}`,
			);
			return;
		}
		complained = '';
		if (!ended) {
			await options.onPlan(reply);
		}
	};
	const complain = (message: string): void => {
		if (message !== complained) {
			complained = message;
			options.logger.warn(message);
		}
	};
	let timer: NodeJS.Timeout;
	const schedule = (): void => {
		timer = setTimeout(() => {
			look()
				.catch((error: unknown) => complain(error instanceof Error ? error.message : String(error)))
				.finally(() => {
					if (!ended) {
						schedule();
					}
				});
		}, pollMs);
	};
	schedule();
	return toDisposable(() => {
		ended = true;
		clearTimeout(timer);
	});
}

/** Changes when a file changed, or one came or went beside it. */
async function stampOf(files: readonly string[]): Promise<string> {
	const places = [...files, ...new Set(files.map((file) => dirname(file)))];
	const stamps = await Promise.all(
		places.map((place) =>
			stat(place).then(
				(info) => (info.isDirectory() ? `${info.mtimeMs}` : `${info.mtimeMs}:${info.size}`),
				() => 'gone',
			),
		),
	);
	return stamps.join(' ');
}
