import { assertNever } from '../../base/assertNever.ts';
import type { PlanFile } from '../plan.ts';
import type { ForeignFormat, ForeignPlan } from './foreignPlan.ts';
import { readBacklog } from './readBacklog.ts';
import { readBeads } from './readBeads.ts';
import { readChecklist } from './readChecklist.ts';
import { readDevteam } from './readDevteam.ts';
import { readLayers } from './readLayers.ts';
import { readOrca } from './readOrca.ts';
import { readPersona } from './readPersona.ts';
import { readSpeckit } from './readSpeckit.ts';
import { readTaskMaster } from './readTaskMaster.ts';

/**
 * Reads a plan of another tool from its files: devteam and Backlog.md keep one file a task, of the others the first file
 * counts. Tolerant: what is missing is missing, what cannot be read is reported. Never throws.
 */
export function readForeign(format: ForeignFormat, files: readonly PlanFile[]): ForeignPlan {
	const first = files[0] ?? { uri: '', text: '' };
	switch (format) {
		case 'orca':
			return readOrca(first);
		case 'persona':
			return readPersona(first);
		case 'layers':
			return readLayers(first);
		case 'checklist':
			return readChecklist(first);
		case 'taskmaster':
			return readTaskMaster(first);
		case 'devteam':
			return readDevteam(files);
		case 'speckit':
			return readSpeckit(first);
		case 'backlog':
			return readBacklog(files);
		case 'beads':
			return readBeads(first);
		default:
			return assertNever(format);
	}
}
