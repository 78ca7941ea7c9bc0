import { expect } from 'vitest';
import type { Allowed } from './brokenInvariants.ts';
import { brokenInvariants } from './brokenInvariants.ts';
import type { EngineWorkspace } from './engineWorkspace.ts';
import { waitFor } from './waitFor.ts';

/** Everything that was asked for is completed, each task was begun and ended once, and no invariant is broken. */
export async function expectDoneOnce(
	ws: EngineWorkspace,
	tasks: readonly string[],
	allowed: Allowed = {},
): Promise<void> {
	const once = Object.fromEntries(tasks.map((id) => [id, 1]));
	expect(ws.count('end'), 'every task was completed exactly once').toEqual(once);
	expect(ws.count('start'), 'no task was begun twice').toEqual(once);
	expect(await ws.statuses()).toEqual(Object.fromEntries(tasks.map((id) => [id, 'completed'])));
	expect((await ws.table()).active.size).toBe(0);
	await expectUnbroken(ws, allowed);
}

/** What must hold after every fault, told from the files and the process table alone. */
export async function expectUnbroken(ws: EngineWorkspace, allowed: Allowed = {}): Promise<void> {
	await waitFor('no process of a task', () => ws.orphans.length === 0);
	expect(await brokenInvariants(ws.root, allowed)).toEqual([]);
}
