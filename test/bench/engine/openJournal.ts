import { readFileSync } from 'node:fs';
import { journalFile } from '../../../src/engine/files/runPaths.ts';
import { RunLog } from '../../../src/engine/journal/runLog.ts';
import { viewOf } from '../../../src/engine/journal/runView.ts';
import { report } from '../measure.ts';

// One process, one opening: what a window does when it finds a run. Its time is that of code that was never run before.
const folder = process.argv[2] ?? '';
const times = new Map<string, number>();

const begun = performance.now();
const log = new RunLog(folder);
const voided = await log.refresh();
const folded = performance.now();
const view = viewOf(log);
const totals = view?.totals;
times.set('Switchyard: read, checked, folded, viewed', performance.now() - begun);
times.set('  of it: the view', performance.now() - folded);

const parsing = performance.now();
const lines = readFileSync(journalFile(folder), 'utf8').split('\n').slice(1);
for (const line of lines) {
	JSON.parse(line);
}
times.set('JSON.parse of the same lines', performance.now() - parsing);
const done = `${totals?.completed} of ${totals?.total} completed, ${voided.length} void, ${lines.length} lines`;
process.stdout.write(report(done, times));
