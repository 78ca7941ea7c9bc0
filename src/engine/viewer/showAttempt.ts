import type { Writable } from 'node:stream';
import { attemptFolder } from '../files/runPaths.ts';
import type { AttemptId, Verdict } from './attemptNews.ts';
import { AttemptNews } from './attemptNews.ts';
import { AttemptViewer } from './attemptViewer.ts';
import { Screen } from './screen.ts';
import { Waker } from './waker.ts';

/** Shows an attempt until it is over, and starts nothing. Gives how it ended. */
export async function showAttempt(
	id: AttemptId,
	options: {
		readonly out: Writable;
		readonly colours: boolean;
		/** Takes lines with secrets out of what the attempt printed. */
		readonly redact: (text: string) => string;
	},
): Promise<Verdict> {
	const folder = attemptFolder(id.runFolder, id.task, id.attempt);
	const waker = new Waker();
	waker.watch(id.runFolder);
	const viewer = new AttemptViewer({
		folder,
		news: new AttemptNews(id),
		screen: new Screen(options.out, options),
		waker,
		now: () => Date.now(),
		startRunner: () => {},
	});
	try {
		return await viewer.run();
	} finally {
		waker.dispose();
	}
}
