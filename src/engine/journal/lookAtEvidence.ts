import type { RunTable } from '../../core/run/runTable.ts';
import { StaleWatch } from './evidenceRecords.ts';
import type { EvidenceFindings } from './runView.ts';
import { WrittenWatch } from './writtenWatch.ts';

/** Looks at all evidence of a run once: whether it still holds, and whether it is as it was written. Reads only. */
export async function lookAtEvidence(rootPath: string, table: RunTable): Promise<EvidenceFindings> {
	return {
		stale: await new StaleWatch(rootPath).look(table),
		altered: await new WrittenWatch(rootPath).look(table),
	};
}
