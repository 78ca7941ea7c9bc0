import { enumerate } from '../core/run/summarise.ts';
import { LineReader } from './lineReader.ts';

/**
 * S5: finished work is done again only when a person has said so. Where nobody can be asked it says what would be done
 * again, and how to agree.
 */
export async function askToRedo(tasks: readonly string[]): Promise<boolean> {
	const [which, it] = tasks.length === 1 ? ['is', 'it'] : ['are', 'them'];
	const sentence = `${enumerate(tasks)} ${which} completed: --again does ${it} anew, and the result takes the place of the one before.`;
	if (process.stdin.isTTY !== true) {
		process.stderr.write(`${sentence}\nNothing was started. To do ${it} again, add --yes.\n`);
		return false;
	}
	const lines = new LineReader(process.stdin, process.stderr);
	try {
		process.stderr.write(`${sentence}\n`);
		const answer = (await lines.ask(`Do ${it} again? [y/N] `)) ?? '';
		const isYes = /^y(es)?$/i.test(answer.trim());
		if (!isYes) {
			process.stderr.write('Nothing was started.\n');
		}
		return isYes;
	} finally {
		lines.dispose();
	}
}
