import { readFileSync } from 'node:fs';
import { journalFile } from '../../../src/engine/files/runPaths.ts';
import { RunLog } from '../../../src/engine/journal/runLog.ts';
import { viewOf } from '../../../src/engine/journal/runView.ts';
import { report } from '../measure.ts';

// One process, one opening: what a window does when it finds a run. Its time is that of code that was never run before.
// The first one finds the journal alone, and leaves a checkpoint for the second.
const folder = process.argv[2] ?? '';
const times = new Map<string, number>();

const begun = performance.now();
const log = new RunLog(folder);
const voided = await log.refresh();
const folded = performance.now();
const view = viewOf(log);
const totals = view?.totals;
const viewed = performance.now();
const isWhole = log.linesSinceCheckpoint > 0;
times.set(isWhole ? 'Every line read, checked, folded, viewed' : 'From the checkpoint', viewed - begun);
times.set('  of it: the view', viewed - folded);
if (isWhole) {
	log.writeCheckpoint();
	times.set('  writing the checkpoint', performance.now() - viewed);
}

const parsing = performance.now();
const lines = readFileSync(journalFile(folder), 'utf8').split('\n').slice(1);
for (const line of lines) {
	JSON.parse(line);
}
times.set('JSON.parse of the same lines', performance.now() - parsing);
const done = `${totals?.completed} of ${totals?.total} completed, ${voided.length} void, ${lines.length} lines`;
process.stdout.write(report(done, times));
