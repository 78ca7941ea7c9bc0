import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { WindowLeases } from '../../src/host/windows/windowLeases.ts';

const root = mkdtempSync(join(tmpdir(), 'switchyard-leases-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('the last live window knows that it is the last; dead ones do not count', () => {
	const gone = spawnSync(process.execPath, ['-e', '']).pid;
	const [mine, other, dead] = [process.pid, process.ppid, gone].map((pid) => new WindowLeases(root, pid));
	mine?.take();
	other?.take();
	dead?.take();
	expect(mine?.release()).toBe(false);
	expect(other?.release()).toBe(true);
	expect(new WindowLeases(join(root, 'nothing'), process.pid).release()).toBe(true);
	expect(existsSync(join(root, 'nothing'))).toBe(false);
});
