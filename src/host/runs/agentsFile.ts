import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/**
 * Writes the agents of the settings for the engine (`--agents-file`), which knows no editor settings. Null where there
 * are none, so that the engine is not given an empty file to complain about.
 */
export async function writeAgentsFile(
	folder: string,
	agents: Readonly<Record<string, unknown>>,
): Promise<string | null> {
	if (Object.keys(agents).length === 0) {
		return null;
	}
	const file = join(folder, 'agents.json');
	await writeFileAtomic(file, `${JSON.stringify(agents, null, '\t')}\n`, { mode: 0o600 });
	return file;
}
