import { runJob } from './nodeRunner.ts';

// dist/runner.js <job folder>: the runner of agents everywhere, and of everything on Windows.
const folder = process.argv[2];
if (folder === undefined) {
	console.error('usage: runner.js <job folder>');
	process.exitCode = 2;
} else {
	runJob(folder).catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	});
}
