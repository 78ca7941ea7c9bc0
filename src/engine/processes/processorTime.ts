import { readdir } from 'node:fs/promises';
import { statFields } from './processIdentity.ts';

/**
 * What the processes of a session have computed together, in clock ticks, without their leader: that is the runner, which
 * keeps its heart beating while the work stands still. Null where the platform does not say.
 */
export async function processorTimeOf(session: number): Promise<number | null> {
	if (process.platform !== 'linux') {
		return null;
	}
	let ticks = 0;
	for (const name of await readdir('/proc')) {
		const pid = Number(name);
		const fields = Number.isInteger(pid) && pid !== session ? statFields(pid) : null;
		if (fields?.session === session) {
			ticks += fields.ticks;
		}
	}
	return ticks;
}
