// One start of VS Code with one set of tests: a process of its own, so that its noise can go to a log file and all of it
// can be ended when it hangs. Takes the options of @vscode/test-electron's runTests as JSON.
import { runTests } from '@vscode/test-electron';

try {
	await runTests(JSON.parse(process.argv[2] ?? '{}'));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
