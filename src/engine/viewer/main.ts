import { basename, dirname, resolve } from 'node:path';
import { requestStop } from '../journal/runRequests.ts';
import { startRunner } from '../runner/startRunner.ts';
import { AttemptNews } from './attemptNews.ts';
import { AttemptViewer } from './attemptViewer.ts';
import { Screen } from './screen.ts';
import { Waker } from './waker.ts';

// dist/viewer.js <job folder>: what a task's terminal runs. It only looks: losing it never stops the attempt.

async function main(argument: string): Promise<void> {
	const folder = resolve(argument);
	// <run>/attempts/<task>/<n>; the folder of a task is its id with what a file system dislikes percent-encoded.
	const runFolder = resolve(folder, '..', '..', '..');
	const task = decodeName(basename(dirname(folder)));
	const attempt = Number(basename(folder));
	if (!Number.isInteger(attempt) || attempt < 1) {
		process.stderr.write(`${folder} is not the folder of an attempt.\n`);
		process.exitCode = 2;
		return;
	}
	const stays = process.env['SWITCHYARD_VIEWER_STAY'] === '1';
	// What this viewer was told is not meant for the work that it may have to start.
	delete process.env['SWITCHYARD_VIEWER_STAY'];
	delete process.env['ELECTRON_RUN_AS_NODE'];

	const screen = new Screen(process.stdout, { colours: wantsColours() });
	const news = new AttemptNews({ runFolder, task, attempt });
	const waker = new Waker();
	waker.watch(runFolder);
	stopOnInterrupt({ screen, news, ask: () => requestStop(runFolder, [task], 'terminal') });
	const viewer = new AttemptViewer({
		folder,
		news,
		screen,
		waker,
		now: () => Date.now(),
		startRunner: (job) => void startRunner(job),
	});
	try {
		const { kind } = await viewer.run();
		const failed = kind === 'failed' || kind === 'stopped';
		await screen.restore();
		if (failed || stays) {
			await waitForKey(screen);
		}
		process.exit(failed && !process.stdin.isTTY ? 1 : 0);
	} finally {
		waker.dispose();
	}
}

function decodeName(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return '';
	}
}

/** NO_COLOR wins, then FORCE_COLOR, then whether somebody looks. */
function wantsColours(): boolean {
	const { NO_COLOR, FORCE_COLOR } = process.env;
	if (NO_COLOR !== undefined && NO_COLOR !== '') {
		return false;
	}
	return (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') || process.stdout.isTTY === true;
}

/** The first Ctrl+C in a task's terminal means the task, as it would in any terminal; the second one this viewer. */
function stopOnInterrupt(options: { screen: Screen; news: AttemptNews; ask: () => Promise<void> }): void {
	let asked = false;
	process.on('SIGINT', () => {
		if (asked || !options.news.isEngineAlive(Date.now())) {
			process.exit(0);
		}
		asked = true;
		options
			.ask()
			.then(() => options.screen.line('Asked the run to stop this task. Ctrl+C again closes this view.'))
			.catch((error: unknown) => options.screen.line(String(error)));
	});
}

async function waitForKey(screen: Screen): Promise<void> {
	const { stdin } = process;
	if (!stdin.isTTY) {
		return;
	}
	await screen.line(screen.paint('dim', 'Press any key to close.'));
	stdin.setRawMode(true);
	stdin.resume();
	await new Promise((resolve) => stdin.once('data', resolve));
	stdin.setRawMode(false);
}

for (const signal of ['SIGHUP', 'SIGTERM'] as const) {
	process.on(signal, () => process.exit(0));
}
// A terminal that is gone cannot be told anything; the attempt does not care.
process.stdout.on('error', () => process.exit(0));

const folder = process.argv[2];
if (folder === undefined) {
	process.stderr.write('usage: viewer.js <job folder>\n');
	process.exitCode = 2;
} else {
	main(folder).catch((error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	});
}
