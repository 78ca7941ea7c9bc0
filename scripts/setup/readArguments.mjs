import { parseArgs } from 'node:util';
import { SetupError } from './setupError.mjs';

/**
 * The arguments of a script; an unknown one is answered with those that are known.
 * @param {import('node:util').ParseArgsConfig} config
 * @param {string} known for example `--sample NAME, --no-open`
 */
export function readArguments(config, known) {
	try {
		return parseArgs(config);
	} catch (error) {
		throw new SetupError(error.message.split('. ')[0], `Known options: ${known}`);
	}
}
