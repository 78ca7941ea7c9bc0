import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
	let descriptor: number | null = null;
	try {
		descriptor = openSync(file, 'r');
		const { size } = fstatSync(descriptor);
		const { headBytes, tailBytes } = outputLimits;
		const whole = size <= headBytes + tailBytes;
		return {
			head: readPart(descriptor, 0, whole ? size : headBytes),
			tail: whole ? '' : readPart(descriptor, size - tailBytes, tailBytes),
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
	} finally {
		if (descriptor !== null) {
			closeSync(descriptor);
		}
	}
}

/** Secrets go, line by line, before anything leaves `.switchyard`. Returns the log's place in the evidence folder. */
async function keepLog(file: string, options: CaptureOptions): Promise<string> {
	const { rootPath, target, logName, secrets } = options;
	const text = await readFile(file, 'utf8');
	await replaceFile(rootPath, join(target, 'artifacts', logName), redactLines(text, secrets));
	return `artifacts/${logName}`;
}

/** At once: it is the length of a page or two. */
function readPart(descriptor: number, from: number, length: number): string {
	const buffer = Buffer.allocUnsafe(length);
	return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, length, from));
}
