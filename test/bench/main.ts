import { loadavg } from 'node:os';
import { DepGraph } from 'dependency-graph';
import { analyseGraph } from '../../src/core/graph/analyseGraph.ts';
import { buildGraph } from '../../src/core/graph/buildGraph.ts';
import { criticalPath } from '../../src/core/graph/criticalPath.ts';
import { maximumAntichain } from '../../src/core/graph/maximumAntichain.ts';
import { topUnblockers } from '../../src/core/graph/topUnblockers.ts';
import { readPlan } from '../../src/core/plan/readPlan.ts';
import { toForecastPlan } from '../../src/core/run/toForecastPlan.ts';
import { makespanCurve } from '../../src/core/schedule/makespanCurve.ts';
import { PlanForecast } from '../../src/core/schedule/planForecast.ts';
import { ScheduleTable } from '../../src/core/schedule/scheduleTable.ts';
import { simulate } from '../../src/core/schedule/simulate.ts';
import { benchEdits } from './benchEdits.ts';
import { benchFolder, benchReading } from './benchReading.ts';
import { benchServers } from './benchServers.ts';
import { measure, report } from './measure.ts';
import { planGraph, planText } from './planText.ts';

// node scripts/bench.mjs: ratios within one run. Nothing is asserted: what counts is the right column.

const say = (text: string) => process.stdout.write(`${text}\n`);
const id = { rootUri: 'file:///w', key: 'bench' };
const uri = 'file:///w/bench.plan.yaml';

async function benchGraph(tasks: number, rounds: number): Promise<void> {
	const { ids, edges, weights } = planGraph(tasks);
	const graph = buildGraph(ids, edges);
	const times = await measure(
		[
			{
				name: 'Switchyard: everything, ids in',
				run: () => analyseGraph(buildGraph(ids, edges), weights),
			},
			{ name: '  of it: ids to rows', run: () => buildGraph(ids, edges) },
			{ name: '  order, cycles, critical path', run: () => criticalPath(graph, weights) },
			{ name: '  true width', run: () => maximumAntichain(graph) },
			{ name: '  who unblocks most', run: () => topUnblockers(graph, weights) },
			{
				name: 'dependency-graph: order',
				run: () => orderByPeer(ids, edges),
			},
		],
		rounds,
	);
	say(report(`Graph of ${tasks} tasks and ${edges.length} dependencies`, times));
}

/** Ratios to the order of the same graph by a peer, whose milliseconds the goals were set against. */
async function benchForecast(tasks: number, rounds: number): Promise<void> {
	const { ids, edges } = planGraph(tasks);
	const { plan } = readPlan(id, [{ uri, text: planText(tasks).text }]);
	const { runPlan } = toForecastPlan(plan, { strategy: 'aggressive' });
	const table = new ScheduleTable(runPlan);
	const forecast = new PlanForecast(runPlan);
	const times = await measure(
		[
			{ name: 'Switchyard: makespan for 1 to 64 agents', run: () => makespanCurve(table) },
			{ name: '  tables of it', run: () => new ScheduleTable(runPlan) },
			{ name: '  one run of 5 agents, with who waits for what', run: () => simulate(table, 5) },
			{ name: '  all figures of another number of agents', run: () => forecast.report(6) },
			{ name: 'dependency-graph: order', run: () => orderByPeer(ids, edges) },
		],
		rounds,
	);
	say(report(`Forecast of ${tasks} tasks`, times));
}

function orderByPeer(ids: readonly string[], edges: readonly (readonly [string, string])[]): string[] {
	const graph = new DepGraph<void>();
	for (const name of ids) {
		graph.addNode(name);
	}
	for (const [before, after] of edges) {
		graph.addDependency(after, before);
	}
	return graph.overallOrder();
}

const all: Readonly<Record<string, () => Promise<void>>> = {
	reading: async () => {
		await benchReading(1_000, 9);
		await benchReading(10_000, 3);
		await benchFolder(10_000, 3);
	},
	edits: () => benchEdits([100, 1_000, 10_000, 50_000]),
	graph: async () => {
		await benchGraph(10_000, 45);
		await benchGraph(100_000, 5);
	},
	forecast: () => benchForecast(10_000, 7),
	servers: async () => {
		await benchServers(1_000, 9);
		await benchServers(10_000, 5);
	},
};

const [, , , ...wanted] = process.argv;
say(`Load ${loadavg()[0]?.toFixed(1)}; medians, and their ratio to the last line of each table.\n`);
for (const [name, run] of Object.entries(all)) {
	if (wanted.length === 0 || wanted.includes(name)) {
		await run();
	}
}
say(`Load at the end ${loadavg()[0]?.toFixed(1)}.`);
