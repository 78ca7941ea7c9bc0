import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CapturedOutput } from '../../core/evidence/evidenceInput.ts';
import { outputLimits } from '../../core/evidence/evidenceInput.ts';
import type { Secret } from '../../core/evidence/redact.ts';
import { redactLines } from '../../core/evidence/redact.ts';
import { replaceFile } from '../files/replaceFile.ts';
import { jobFiles } from '../files/runPaths.ts';

/** A log this long is worth keeping whole beside the evidence; a longer one stays in `.switchyard` alone. */
const keptLogBytes = 64 * 1024 * 1024;

export interface CaptureOptions {
	/** The job's folder. */
	readonly folder: string;
	readonly rootPath: string;
	/** SHA-256 of the complete log, as the journal has it. */
	readonly hash: string;
	/** The evidence folder, and the name of the complete log in it (FORMATS 2.3). */
	readonly target: string;
	readonly logName: string;
	readonly secrets: readonly Secret[];
}

/**
 * What a job printed, for its evidence: whole, or beginning and end with the complete log, redacted, beside it. Null
 * where the job has no log.
 */
export async function captureOutput(options: CaptureOptions): Promise<CapturedOutput | null> {
	const file = join(options.folder, jobFiles.output);
	try {
		const { size } = await stat(file);
		const { headBytes, tailBytes } = outputLimits;
		const whole = size <= headBytes + tailBytes;
		return {
			head: await readPart(file, 0, whole ? size : headBytes),
			tail: whole ? '' : await readPart(file, size - tailBytes, tailBytes),
			omittedBytes: whole ? 0 : size - headBytes - tailBytes,
			bytes: size,
			hash: options.hash,
			log: whole || size > keptLogBytes ? null : await keepLog(file, options),
		};
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return null;
		}
		throw error;
	}
}

/** Secrets go, line by line, before anything leaves `.switchyard`. Returns the log's place in the evidence folder. */
async function keepLog(file: string, options: CaptureOptions): Promise<string> {
	const { rootPath, target, logName, secrets } = options;
	const text = await readFile(file, 'utf8');
	await replaceFile(rootPath, join(target, 'artifacts', logName), redactLines(text, secrets));
	return `artifacts/${logName}`;
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
