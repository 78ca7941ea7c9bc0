// node tools/build.mjs STEP: makes one part of the shop. Each task of the plan is one step.

import { Progress, sayFailure } from './lib/progress.mjs';
import { StepError, writeText } from './lib/project.mjs';
import { backend } from './steps/backend.mjs';
import { frontend } from './steps/frontend.mjs';
import { infrastructure } from './steps/infrastructure.mjs';

/** A step is `{title, hours, make}`; `make` returns the files to write as `[{path, text, note}]`. */
const steps = { ...backend, ...frontend, ...infrastructure };

// An estimated hour takes 0.4 seconds: tasks keep their proportions, and a person can watch them.
const secondsPerHour = 0.4;

async function build(name) {
	const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
	if (step === undefined) {
		throw new StepError(`There is no step '${name}'. Known steps: ${Object.keys(steps).join(', ')}.`);
	}
	const files = step.make();
	const progress = new Progress(step.title, files.length, step.hours * secondsPerHour);
	for (const { path, text, note } of files) {
		writeText(path, text);
		await progress.file(path, note);
	}
	progress.end();
}

try {
	await build(process.argv[2] ?? '');
} catch (error) {
	if (!(error instanceof StepError)) {
		throw error;
	}
	sayFailure(error.message);
	process.exitCode = 1;
}
