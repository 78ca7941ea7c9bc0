import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { toPlainText } from '../../core/evidence/plainText.ts';
import { steadyText } from '../../core/run/findings.ts';
import { jobFiles } from '../files/runPaths.ts';

/** The end of what a job printed, at most so many bytes, from the beginning of a line; empty where it printed nothing. */
export async function readTail(folder: string, bytes: number): Promise<string> {
	const handle = await open(join(folder, jobFiles.output), 'r').catch(() => null);
	if (handle === null) {
		return '';
	}
	try {
		const { size } = await handle.stat();
		const from = Math.max(0, size - bytes);
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
		const text = toPlainText(buffer.toString('utf8', 0, bytesRead));
		return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
	} finally {
		await handle.close();
	}
}

/** What tells one failure from another: a hash of how it ended and of the end of its output, without times and ids. */
export function failureMark(reason: string, tail: string): string {
	return createHash('sha256')
		.update(`${steadyText(reason)}\n${steadyText(tail)}`)
		.digest('hex')
		.slice(0, 32);
}
