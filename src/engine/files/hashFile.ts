import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

const chunkBytes = 1 << 20;

/**
 * SHA-256 (hex) and size in bytes of a file, read in pieces; null when it cannot be read. A piece is read at once, because
 * most files are one and the way through the thread pool costs more; between pieces others have their turn.
 */
export async function hashFile(
	file: string,
): Promise<{ readonly hash: string; readonly bytes: number } | null> {
	let descriptor: number | null = null;
	try {
		descriptor = openSync(file, 'r');
		const { size } = fstatSync(descriptor);
		const hash = createHash('sha256');
		const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size + 1));
		let bytes = 0;
		for (;;) {
			const read = readSync(descriptor, buffer, 0, buffer.length, bytes);
			if (read === 0) {
				return { hash: hash.digest('hex'), bytes };
			}
			hash.update(buffer.subarray(0, read));
			bytes += read;
			if (read === chunkBytes) {
				await nextTurn();
			}
		}
	} catch {
		return null;
	} finally {
		if (descriptor !== null) {
			closeSync(descriptor);
		}
	}
}
