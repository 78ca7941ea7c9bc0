import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

const chunkBytes = 1 << 20;

/** SHA-256 (hex) and size in bytes of a file, read in pieces; null when it cannot be read. */
export async function hashFile(
	file: string,
): Promise<{ readonly hash: string; readonly bytes: number } | null> {
	let handle: FileHandle | null = null;
	try {
		handle = await open(file, 'r');
		const { size } = await handle.stat();
		const hash = createHash('sha256');
		const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size + 1));
		let bytes = 0;
		for (let read = -1; read !== 0; bytes += read) {
			read = (await handle.read(buffer, 0, buffer.length, bytes)).bytesRead;
			hash.update(buffer.subarray(0, read));
		}
		return { hash: hash.digest('hex'), bytes };
	} catch {
		return null;
	} finally {
		await handle?.close();
	}
}
