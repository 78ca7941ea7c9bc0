import { parseArgs } from 'node:util';
import type { RunChoice } from '../../core/run/runPlan.ts';
import { loadRunPlan } from './loadRunPlan.ts';

// dist/loader.js PATH [--plan KEY] [--agents-file FILE] [--choice JSON]: prints one LoaderReply and ends.
const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { plan: { type: 'string' }, 'agents-file': { type: 'string' }, choice: { type: 'string' } },
});
loadRunPlan({
	path: positionals[0] ?? '.',
	...(values.plan === undefined ? {} : { planKey: values.plan }),
	...(values['agents-file'] === undefined ? {} : { agentsFile: values['agents-file'] }),
	...(values.choice === undefined ? {} : { choice: JSON.parse(values.choice) as RunChoice }),
}).then(
	(reply) => process.stdout.write(`${JSON.stringify(reply)}\n`),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	},
);
