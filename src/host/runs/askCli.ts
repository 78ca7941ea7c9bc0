import { execFile } from 'node:child_process';
import type { Logger } from '../../core/base/ports.ts';
import { engineEnvironment } from './engineLauncher.ts';

const maxReplyBytes = 64 * 1024 * 1024;

/** 3: a person is awaited, which is why somebody looks. */
const usualAnswers: readonly number[] = [0, 3];

/**
 * Has the command line do something, and gives what it prints: there is one way, whoever asks. Rejects with its last words
 * where it says nothing else, or ends with an exit code that is none of `answers`.
 */
export function askCli(options: {
	readonly cliPath: string;
	readonly args: readonly string[];
	readonly answers?: readonly number[];
	readonly logger: Logger;
}): Promise<string> {
	const { cliPath, args, answers = usualAnswers, logger } = options;
	logger.info(`Starting: switchyard ${args.join(' ')}`);
	return new Promise((resolve, reject) => {
		const place = { env: engineEnvironment(process.env), maxBuffer: maxReplyBytes };
		execFile(process.execPath, [cliPath, ...args], place, (error, stdout, stderr) => {
			const code = error === null ? 0 : error.code;
			if (typeof code === 'number' && answers.includes(code) && (code === 0 || stdout !== '')) {
				resolve(stdout);
				return;
			}
			const said = stderr.trim().split('\n').at(-1) ?? '';
			reject(new Error(said.replace(/^switchyard: /, '') || error?.message));
		});
	});
}
