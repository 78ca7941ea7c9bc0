import { readFileSync } from 'node:fs';
import { renderStateFile } from '../../src/core/evidence/stateFile.ts';
import { countPossibleTracks } from '../../src/core/schedule/possibleTracks.ts';
import { stateFilePath } from '../../src/engine/run/stateProjection.ts';
import type { EngineWorkspace } from './engineWorkspace.ts';

/** The state file as it lies there, and as the whole journal makes it: the two must be the same text. */
export async function stateFiles(
	ws: EngineWorkspace,
): Promise<{ readonly found: string; readonly folded: string }> {
	const log = await ws.runLog();
	const table = log?.fold.table ?? null;
	const created = log?.fold.created ?? null;
	if (log === null || table === null || created === null) {
		throw new Error(`no run in ${ws.root}`);
	}
	return {
		found: readFileSync(stateFilePath(ws.root, table.plan), 'utf8'),
		folded: renderStateFile({
			plan: table.plan,
			tasks: table.tasks.values(),
			createdAt: created.at,
			updatedAt: log.fold.updatedAt,
			maxPossibleTracks: countPossibleTracks(table.plan.tasks),
		}),
	};
}
