import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { GitPlace } from '../../core/evidence/evidenceInput.ts';

const run = promisify(execFile);

/** Which commit the workspace stands at. A missing git or repository is an answer, not an error. */
export async function gitPlace(rootPath: string): Promise<GitPlace> {
	const git = async (...args: string[]) => {
		const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
		return (await run('git', args, { cwd: rootPath, env, timeout: 10_000 })).stdout.trim();
	};
	try {
		await git('rev-parse', '--git-dir');
	} catch {
		return { kind: 'none' };
	}
	try {
		const head = await git('rev-parse', '--verify', 'HEAD');
		const changes = await git('status', '--porcelain', '--untracked-files=no');
		return { kind: 'repository', head, dirty: changes !== '' };
	} catch {
		return { kind: 'repository', head: null, dirty: true };
	}
}
