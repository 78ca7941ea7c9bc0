import type { HistorySample } from '../../../src/core/history/historySample.ts';
import type { RunChoice } from '../../../src/core/run/runPlan.ts';
import type { StrategyName } from '../../../src/core/run/strategies.ts';
import { comparePlans } from '../../../src/host/panels/comparePlans.ts';
import type { PlanChanges } from '../../../src/protocol/planChanges.ts';
import type { ShownPlan } from '../../../src/protocol/previewView.ts';
import type { TimelineTask } from '../../../src/protocol/timelineView.ts';
import { attemptOf, seedAttempts, seedNow, shownOfText, shownPlan } from '../previewSamples.ts';
import { largePlan, seedGraphPlan } from '../samplePlans.ts';

/**
 * Stands in for the editor around the built preview and timeline: hands out the API and sends a sample plan, and for the
 * timeline a sample run. `?plan=seed|empty|errors|1000|10000&run&cannotRun=…&left=JSON` chooses what is shown.
 */
declare global {
	interface Window {
		acquireVsCodeApi: () => unknown;
		received: unknown[];
		tell: (method: string, params: unknown) => void;
	}
}

const query = new URLSearchParams(location.search);
const session = 'gallery';

const agentsPlan = `plan: {name: Shop, strategy: dynamic}
tasks:
  - {id: A, name: Schema of the catalog, type: backend, agent: codex, verify: [{run: [npm, test]}]}
  - {id: B, name: Product pages, type: frontend, agent: codex, dependencies: [A], verify: [{run: [npm, test]}]}
  - {id: C, name: Checkout, type: backend, agent: codex, dependencies: [A], estimated_minutes: 60}
  - {id: D, name: Deployment, run: [make, deploy], dependencies: [B, C], estimated_minutes: 5}
`;

function sample(choice: RunChoice = {}): ShownPlan {
	const name = query.get('plan') ?? 'seed';
	switch (name) {
		case 'gone':
		case 'seed':
			return shownPlan(seedGraphPlan, { unchecked: 2 }, choice);
		case 'empty':
			return shownOfText('plan: {name: Empty}\ntasks: []\n');
		case 'agents':
			return shownOfText(agentsPlan);
		case 'errors':
			return shownPlan(seedGraphPlan, {
				more: '  - {id: TASK-019, name: Round, dependencies: [TASK-020]}\n  - {id: TASK-020, name: And round, dependencies: [TASK-019, TASK-99]}\n',
			});
		default:
			return shownPlan(largePlan(Number(name)), { strategy: query.get('strategy') ?? 'dynamic' }, choice);
	}
}

function attempts(shown: ShownPlan): { readonly tasks: readonly TimelineTask[]; readonly now: number } {
	if (shown.plan.tasks.length < 100) {
		return { tasks: seedAttempts, now: seedNow };
	}
	const third = shown.plan.tasks.slice(0, Math.ceil(shown.plan.tasks.length / 3));
	const tasks = third.map(({ id }, index) => {
		const start = index * 90_000;
		const long = start + 60_000 * (5 + ((index * 37) % 240));
		return attemptOf(id, [start, index > third.length - 8 ? null : long], {
			check: index % 17 === 0 ? 'failed' : 'passed',
		});
	});
	return { tasks, now: third.length * 90_000 + 3_600_000 };
}

/** Reading 10,000 tasks is the server's work, and not to be measured here twice. */
const samples = new Map<string, ShownPlan>();
function sampleBy(strategy: StrategyName | null): ShownPlan {
	const known = samples.get(strategy ?? '') ?? sample(strategy === null ? {} : { strategy });
	samples.set(strategy ?? '', known);
	return known;
}

/** What the host's comparison gives, which is not the page's work either. */
const comparisons = new Map<string, PlanChanges | null>();
function compared(before: ShownPlan, after: ShownPlan): PlanChanges | null {
	const key = `${before.plan.strategy} ${after.plan.strategy}`;
	const known = comparisons.get(key) ?? comparePlans(before.plan, after.plan);
	comparisons.set(key, known);
	return known;
}

/** Earlier runs, where there are to be any. */
function earlier(): HistorySample[] {
	const types = [...new Set(shown.plan.tasks.map(({ type }) => type))];
	return types.flatMap((type, index) =>
		[20, 25, 50].map((minutes, number) => ({
			...{
				run: `exec-${number}`,
				task: `T-${index}-${number}`,
				type,
				agent: type === '' ? 'shell' : 'codex',
				tier: 'T1',
			},
			...{ minutes: minutes + index, estimateMinutes: null, costUsd: 0.4 * (number + 1) },
		})),
	);
}

const shown = sampleBy(null);
let sent = { ...shown, revision: 1 };
window.received = [];
window.tell = (method, params) => window.postMessage({ jsonrpc: '2.0', session, method, params }, '*');

let state: unknown = JSON.parse(query.get('left') ?? 'null');
window.acquireVsCodeApi = () => ({
	postMessage(message: { method?: string; params?: { strategy?: StrategyName | null } }) {
		window.received.push(message);
		if (message.method === 'strategy') {
			const next = { ...sampleBy(message.params?.strategy ?? null), revision: sent.revision + 1 };
			const { plan: _whole, ...facts } = next;
			window.tell('planChanges', { ...facts, base: sent.revision, changes: compared(sent, next) });
			sent = next;
		}
		if (message.method === 'ready') {
			window.tell('environment', { cannotRun: query.get('cannotRun') ?? '' });
			window.tell('plan', { shown: query.get('plan') === 'gone' ? null : shown });
			if (query.has('history')) {
				window.tell('history', { samples: earlier() });
			}
			if (query.has('run')) {
				const run = { id: 'exec-20261121-shop', state: query.get('run') || 'running', createdAt: 0 };
				window.tell('attempts', { reset: true, run, ...attempts(shown) });
			}
		}
	},
	getState: () => state,
	setState(next: unknown) {
		state = next;
	},
});
