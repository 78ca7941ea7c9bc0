import { loadavg } from 'node:os';
import { benchJournal } from './benchJournal.ts';
import { benchMemory } from './benchMemory.ts';
import { benchParts } from './benchParts.ts';
import { benchTasks } from './benchTasks.ts';

// node scripts/bench.mjs engine: what the engine costs beside the work. Nothing is asserted: ratios within one run.

const [dist = 'dist', openJournal = ''] = process.argv.slice(2);

process.stdout.write(
	`Load ${loadavg()[0]?.toFixed(1)}; medians, and their ratio to the last line of each table.\n\n`,
);
await benchJournal(openJournal);
await benchTasks({ dist, tasks: 1_000, jobs: 2, rounds: 3 });
await benchTasks({ dist, tasks: 1_000, jobs: 8, rounds: 3 });
await benchParts({ tasks: 300, jobs: 2, rounds: 3 });
await benchMemory({ dist, tasks: 1_000 });
await benchMemory({ dist, tasks: 10_000 });
process.stdout.write(`Load at the end ${loadavg()[0]?.toFixed(1)}.\n`);
