import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CapturedOutput } from '../../core/evidence/evidenceInput.ts';
import { outputLimits } from '../../core/evidence/evidenceInput.ts';
import type { Secret } from '../../core/evidence/redact.ts';
import { redactLines } from '../../core/evidence/redact.ts';
import { jobFiles } from '../files/runPaths.ts';
import type { EvidenceFolder } from './evidenceFolder.ts';

/** A log this long is worth keeping whole beside the evidence; a longer one stays in `.switchyard` alone. */
const keptLogBytes = 64 * 1024 * 1024;

export interface CaptureOptions {
	/** The job's folder. */
	readonly folder: string;
	/** SHA-256 of the complete log, as the journal has it. */
	readonly hash: string;
	/** The evidence folder, and the name of the complete log in it (FORMATS 2.3). */
	readonly evidence: EvidenceFolder;
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
	const { evidence, logName, secrets } = options;
	const name = `artifacts/${logName}`;
	await evidence.put(name, redactLines(await readFile(file, 'utf8'), secrets));
	return name;
}

/** At once: it is the length of a page or two. */
function readPart(descriptor: number, from: number, length: number): string {
	const buffer = Buffer.allocUnsafe(length);
	return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, length, from));
}
