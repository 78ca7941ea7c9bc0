import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { redactStrings } from '../../core/evidence/redactStrings.ts';
import { readDiscoveries, readDiscoveryFile } from '../../core/replan/readDiscoveries.ts';
import type { Discovery, DiscoveryWay } from '../../core/run/discovery.ts';
import type { DiscoveryNoted } from '../../core/run/replanFacts.ts';
import type { AttemptState } from '../../core/run/runState.ts';
import type { RunTable } from '../../core/run/runTable.ts';
import { readSmallFile } from '../files/readSmallFile.ts';
import { jobFiles, jobFolder } from '../files/runPaths.ts';
import { TaskSecrets } from '../run/taskSecrets.ts';

/** Where a worker may leave discoveries as files, one a file, in its own folder. */
const discoveriesFolder = 'discoveries';
const mostFiles = 100;

/**
 * What workers left in the folders of ended attempts and the journal does not have yet (R1). Ids follow from the place, so
 * that two processes that look find the same. `only` limits it to some tasks. Files that cannot be read say nothing. What looks
 * like a secret is taken out (FORMATS 2.3): from here it goes to views, and into the plan itself.
 */
export function collectDiscoveries(
	runFolder: string,
	table: RunTable,
	only: Iterable<string> = table.tasks.keys(),
): DiscoveryNoted[] {
	const found: DiscoveryNoted[] = [];
	const taskSecrets = new TaskSecrets();
	for (const task of only) {
		for (const attempt of table.tasks.get(task)?.attempts ?? []) {
			if (attempt.outcome !== null && attempt.outcome !== 'void') {
				found.push(...ofAttempt(runFolder, task, attempt));
			}
		}
	}
	return found
		.filter(({ id }) => !table.replans.discoveries.has(id))
		.map((noted) => {
			const secrets = taskSecrets.of(table.tasks.get(noted.task)?.task ?? { env: {} });
			return { ...noted, what: redactStrings(noted.what, secrets) as Discovery };
		});
}

function ofAttempt(runFolder: string, task: string, attempt: AttemptState): DiscoveryNoted[] {
	const places = attempt.steps.length === 0 ? [undefined] : attempt.steps.map(({ index }) => index);
	return places.flatMap((step) => {
		const out = join(jobFolder(runFolder, task, attempt.number, { step }), jobFiles.out);
		const place = `${task}/${attempt.number}${step === undefined ? '' : `.${step + 1}`}`;
		const noted = (via: DiscoveryWay, name: string, all: readonly Discovery[]): DiscoveryNoted[] =>
			all.map((what, index) => ({
				kind: 'discovery-noted',
				id: `${place}/${name}-${index + 1}`,
				task,
				attempt: attempt.number,
				via,
				what,
			}));
		const report = textOf(join(out, jobFiles.report));
		return [
			...noted('report', 'report', report === '' ? [] : readDiscoveries(report)),
			...filesIn(join(out, discoveriesFolder)).flatMap((name) =>
				noted('file', name, readDiscoveryFile(textOf(join(out, discoveriesFolder, name)))),
			),
		];
	});
}

function filesIn(folder: string): string[] {
	// Mostly there is none, and an error with its stack would cost more than the question.
	if (!existsSync(folder)) {
		return [];
	}
	try {
		return readdirSync(folder)
			.filter((name) => name.endsWith('.json'))
			.sort()
			.slice(0, mostFiles);
	} catch {
		return [];
	}
}

function textOf(file: string): string {
	try {
		return readSmallFile(file)?.text ?? '';
	} catch {
		// A worker may have left a folder of this name, or anything else.
		return '';
	}
}
