import { LspProcess } from '../support/lspProcess.ts';
import { startYamlServer } from '../support/yamlServer.ts';
import { measure, report, timeOf } from './measure.ts';
import { linesOfTask, planText } from './planText.ts';

const uri = 'file:///w/bench.plan.yaml';
const ours = 'Switchyard';

/**
 * Two language servers beside each other over stdio, with the pause that each one makes before it looks. Where the other one fails, as it does at some questions about large texts, its figure
 * is left out and ours is still given.
 */
export async function benchServers(tasks: number, rounds: number): Promise<void> {
	const servers = new Map([
		[ours, await LspProcess.start({ script: process.argv[2] ?? 'dist/server.js' })],
		['yaml-language-server', await startYamlServer()],
	]);
	const { text } = planText(tasks, { faultAt: 0 });
	const opening = new Map<string, number>();
	for (const [name, server] of servers) {
		const run = () => server.open(uri, text, (found) => found.length > 0);
		opening.set(name, (await timeOf({ name, run, isPeer: name !== ours })) ?? Number.NaN);
	}
	const say = (what: string, times: ReadonlyMap<string, number>, unit?: string) =>
		process.stdout.write(`${report(`${what}, ${tasks} tasks`, times, unit)}\n`);
	say('Open → diagnostics', opening);
	const contend = async (what: string, run: (server: LspProcess, round: number) => Promise<unknown>) => {
		const contenders = [...servers].map(([name, server]) => {
			let round = 0;
			return { name, run: () => run(server, ++round), isPeer: name !== ours, repeat: name === ours ? 20 : 1 };
		});
		say(what, await measure(contenders, rounds));
	};
	await contend('Edit → diagnostics', (server, round) => moveFault(server, tasks, round));
	const middle = 2 + Math.floor(tasks / 2) * linesOfTask;
	const ask = (method: string, line: number, character: number) => (server: LspProcess) =>
		server.ask(method, { textDocument: { uri }, position: { line, character } });
	await contend('Hover', ask('textDocument/hover', middle, 12));
	await contend('Completion', ask('textDocument/completion', middle + 4, 19));
	const memory = [...servers].map(([name, server]) => [name, server.peakMemory ?? Number.NaN] as const);
	say('Peak memory', new Map(memory), 'MB');
	for (const server of servers.values()) {
		server.stop();
	}
}

/** The fault wanders, so that an answer to an earlier edit is not taken for this one's. */
async function moveFault(server: LspProcess, tasks: number, round: number): Promise<void> {
	const place = (at: number) => {
		const line = 2 + (at % tasks) * linesOfTask + 3;
		return { line, start: { line, character: 21 } };
	};
	const [old, now] = [place((round - 1) * 37), place(round * 37)];
	const fault = '"often"';
	await server.edit(
		{
			uri,
			version: round + 1,
			changes: [
				{ range: { start: old.start, end: { line: old.line, character: 21 + fault.length } }, text: '4' },
				{ range: { start: now.start, end: { line: now.line, character: 22 } }, text: fault },
			],
		},
		(found) => found.some(({ range }) => range.start.line === now.line),
	);
}
