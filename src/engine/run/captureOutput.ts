import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CapturedOutput } from '../../core/evidence/evidenceInput.ts';
import { outputLimits } from '../../core/evidence/evidenceInput.ts';
import { jobFiles } from '../files/runPaths.ts';

/**
 * What a job printed, for its evidence: whole, or beginning and end with the middle left out. Null where it has no
 * log. `logName` is where the complete log lies relative to the evidence folder, null to leave it in `.switchyard`.
 */
export async function captureOutput(
	folder: string,
	facts: { readonly hash: string; readonly logName: string | null },
): Promise<CapturedOutput | null> {
	const file = join(folder, jobFiles.output);
	try {
		const { size } = await stat(file);
		const { headBytes, tailBytes } = outputLimits;
		const whole = size <= headBytes + tailBytes;
		return {
			head: await readPart(file, 0, whole ? size : headBytes),
			tail: whole ? '' : await readPart(file, size - tailBytes, tailBytes),
			omittedBytes: whole ? 0 : size - headBytes - tailBytes,
			bytes: size,
			hash: facts.hash,
			log: facts.logName,
		};
	} catch {
		return null;
	}
}

async function readPart(file: string, from: number, length: number): Promise<string> {
	const handle = await open(file, 'r');
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
		return buffer.toString('utf8', 0, bytesRead);
	} finally {
		await handle.close();
	}
}
