import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A file by its text, or a symbolic link by its target. */
export type FileContent = string | { readonly link: string };

/** Gives a function a new folder with these files, and removes it afterwards. */
export async function withFolder<T>(
	files: Readonly<Record<string, FileContent>>,
	use: (folder: string) => Promise<T>,
): Promise<T> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'switchyard-test-')));
	try {
		for (const [path, content] of Object.entries(files)) {
			const file = join(folder, path);
			await mkdir(dirname(file), { recursive: true });
			await (typeof content === 'string' ? writeFile(file, content) : symlink(content.link, file));
		}
		return await use(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
