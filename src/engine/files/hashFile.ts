import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 (hex) and size in bytes of a file, read in pieces; null when it cannot be read. */
export async function hashFile(
	file: string,
): Promise<{ readonly hash: string; readonly bytes: number } | null> {
	const hash = createHash('sha256');
	let bytes = 0;
	try {
		for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
			hash.update(chunk);
			bytes += chunk.length;
		}
		return { hash: hash.digest('hex'), bytes };
	} catch {
		return null;
	}
}
