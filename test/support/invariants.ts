import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { EngineWorkspace } from './engineWorkspace.ts';
import { stateFiles } from './expectedState.ts';
import { waitFor } from './waitFor.ts';

/** What must hold after every fault, told from the files and the process table alone. */
export async function expectDoneOnce(ws: EngineWorkspace, tasks: readonly string[]): Promise<void> {
	const once = Object.fromEntries(tasks.map((id) => [id, 1]));
	expect(ws.count('end'), 'every task was completed exactly once').toEqual(once);
	expect(ws.count('start'), 'no task was begun twice').toEqual(once);
	expect(await ws.statuses()).toEqual(Object.fromEntries(tasks.map((id) => [id, 'completed'])));
	await waitFor('no process of a task', () => ws.orphans.length === 0);
	const { found, folded } = await stateFiles(ws);
	expect(found, 'the state file is the fold of the journal').toBe(folded);
	const table = await ws.table();
	for (const state of table.tasks.values()) {
		expect(ws.exists(join(state.evidence ?? 'none', 'results.json')), `evidence of ${state.task.id}`).toBe(
			true,
		);
	}
	expect(table.active.size).toBe(0);
	expect(strayFiles(ws), 'nothing unfinished lies about').toEqual([]);
}

/** Files of ours outside of `.switchyard` that are not whole documents. */
function strayFiles(ws: EngineWorkspace): string[] {
	return readdirSync(ws.root, { recursive: true })
		.map(String)
		.filter((file) => !file.startsWith('.switchyard'))
		.filter((file) => /\.(yaml|md|json)\.\w+$|\.lock$|\.tmp$/.test(file));
}
