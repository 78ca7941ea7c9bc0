import { Command, CommanderError } from 'commander';
import { exitCodes } from './exitCodes.ts';
import { registerRun } from './runCommand.ts';
import { UsageError } from './usageError.ts';

declare const SWITCHYARD_VERSION: string;

/** The headless face of the product: composes the commands and turns every error into a sentence and an exit code. */
async function main(argv: readonly string[]): Promise<void> {
	const program = new Command('switchyard')
		.description('Check, run and follow plans of tracks, sprints and tasks.')
		.version(SWITCHYARD_VERSION)
		.showHelpAfterError('(switchyard --help lists the commands)')
		.exitOverride();
	if (argv[2] === 'run') {
		// An engine may live for days: what the other commands need is not even looked at then.
		registerRun(program);
	} else {
		(await import('./commands.ts')).registerCommands(program);
	}
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
