import { Command, CommanderError } from 'commander';
import { registerAnswers } from './answerCommand.ts';
import { registerCheck } from './checkCommand.ts';
import { registerClean } from './cleanCommand.ts';
import { registerDiscover } from './discoverCommand.ts';
import { exitCodes } from './exitCodes.ts';
import { registerImport } from './importCommand.ts';
import { registerNew } from './newCommand.ts';
import { registerPlan } from './planCommand.ts';
import { registerPreview } from './previewCommand.ts';
import { registerRenamed } from './renamedCommand.ts';
import { registerReplan } from './replanCommand.ts';
import { registerReport } from './reportCommand.ts';
import { registerRun } from './runCommand.ts';
import { registerStatus } from './statusCommand.ts';
import { registerStop } from './stopCommand.ts';
import { UsageError } from './usageError.ts';
import { registerWhy } from './whyCommand.ts';

declare const SWITCHYARD_VERSION: string;

/** The headless face of the product: composes the commands and turns every error into a sentence and an exit code. */
async function main(argv: readonly string[]): Promise<void> {
	const program = new Command('switchyard')
		.description('Check, run and follow plans of tracks, sprints and tasks.')
		.version(SWITCHYARD_VERSION)
		.showHelpAfterError('(switchyard --help lists the commands)')
		.exitOverride();
	registerCheck(program);
	registerAnswers(program);
	registerPlan(program);
	registerPreview(program);
	registerRun(program);
	registerDiscover(program);
	registerReplan(program);
	registerRenamed(program);
	registerStatus(program);
	registerReport(program);
	registerStop(program);
	registerWhy(program);
	registerClean(program);
	registerImport(program);
	registerNew(program);
	try {
		await program.parseAsync(argv);
	} catch (error) {
		process.exitCode = report(error);
	}
}

function report(error: unknown): number {
	if (error instanceof CommanderError) {
		// Commander printed its message already; help and version are not errors.
		return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
	}
	console.error(`switchyard: ${error instanceof Error ? error.message : String(error)}`);
	if (process.env['SWITCHYARD_DEBUG'] !== undefined && error instanceof Error) {
		console.error(error.stack);
	}
	return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

// A reader that went away (`switchyard run | head`) is not an error of ours, and no reason to leave a run.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') {
		throw error;
	}
});

void main(process.argv);
