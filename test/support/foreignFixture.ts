import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PlanFile } from '../../src/core/plan/plan.ts';

const folder = fileURLToPath(new URL('../fixtures/foreign/', import.meta.url));

/** Names of the plans of other tools that tests read. */
export const foreignFixtures: readonly string[] = readdirSync(folder).sort();

/** One of them as a reader takes it. */
export function foreignFixture(name: string): PlanFile {
	return { uri: `file:///w/${encodeURIComponent(name)}`, text: readFileSync(`${folder}${name}`, 'utf8') };
}
