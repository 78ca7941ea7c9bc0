import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import type { StampedEvent } from '../../src/core/run/events.ts';
import { isSatisfied } from '../../src/core/run/runState.ts';
import { checkpointFile, journalFile } from '../../src/engine/files/runPaths.ts';
import { JournalReader } from '../../src/engine/journal/journalReader.ts';
import { listRuns } from '../../src/engine/journal/listRuns.ts';
import { RunLog } from '../../src/engine/journal/runLog.ts';
import { brokenInvariants } from './brokenInvariants.ts';
import type { CutRun } from './cutRuns.ts';

/** `task attempt job round exit`, as the scripted jobs note their ends, of every verdict that stands in the journal. */
function verdictOf(event: StampedEvent): string | null {
	if (event.kind !== 'attempt-ended' && event.kind !== 'check-ended') {
		return null;
	}
	const step = event.step === undefined ? [] : [`step-${event.step + 1}`];
	const check = event.kind === 'check-ended' ? [`check-${event.check + 1}`] : [];
	return `${event.task} ${event.attempt} ${[...step, ...check].join('/') || 'work'} ${event.exit}`;
}

const withoutRound = (end: string) => end.replace(/ \d+ (\d+)$/, ' $1');
/** Neither the number of the attempt nor that of the round. */
export const whatAndHow = (end: string) => end.replace(/^(\S+) \d+ (\S+) \d+ /, '$1 $2 ');

/** What must hold after every fault, told from the files alone. `damage`: lines of the journal that are bad, if that is known. */
export async function expectWhole(
	run: CutRun,
	expected: readonly string[],
	{ damage }: { readonly damage: number | 'any' },
): Promise<void> {
	const { ends } = run.jobs;
	expect(new Set(ends).size, 'no job came to its end twice').toBe(ends.length);
	if (run.vanished === 0) {
		expect(ends.map(whatAndHow).sort(), 'the same work as without the kill').toEqual(expected);
	}
	const [listed, ...more] = await listRuns(run.root);
	expect(more, 'one run').toEqual([]);
	const folder = listed?.folder ?? '';
	// Every line counts here, also those before the checkpoint.
	rmSync(checkpointFile(folder), { force: true });
	const log = new RunLog(folder);
	const voided = new Set((await log.refresh()).map(({ event }) => event.stamp));
	const { table } = log.fold;
	if (table === null) {
		throw new Error('no run');
	}
	const events = await new JournalReader(journalFile(folder)).read();
	const key = ({ writer, sequence }: StampedEvent['stamp']) => `${writer} ${sequence}`;
	const voidKeys = new Set([...voided].map(key));
	const taken = events
		.filter(({ stamp }) => !voidKeys.has(key(stamp)))
		.flatMap((event) => verdictOf(event) ?? []);
	for (const end of ends) {
		expect(taken, 'no verdict is lost').toContain(withoutRound(end));
	}
	expect(taken.length, 'no verdict counts twice').toBe(ends.length + run.vanished);
	const open = [...table.planTasks()].filter((state) => !isSatisfied(state)).map(({ task }) => task.id);
	expect([open, table.active.size, table.completedCount], 'everything ends').toEqual([
		[],
		0,
		table.goalCount,
	]);
	expect(log.problems().length, 'what is damaged is said').toBe(damage === 0 ? 0 : 1);
	expect(await brokenInvariants(run.root, { badLines: damage })).toEqual([]);
}
