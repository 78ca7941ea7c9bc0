import { describe, expect, it } from 'vitest';
import type { ForecastAnswer, ForecastTask } from '../../webview-ui/forecast/forecast.ts';
import { ForecastClient } from '../../webview-ui/forecast/forecastClient.ts';
import { shownPlan } from './previewSamples.ts';
import { seedGraphPlan } from './samplePlans.ts';

const { plan } = shownPlan(seedGraphPlan);
const ask = (agents: number) => ({ scope: { kind: 'all' as const }, agents, limit: null });
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A client whose thread answers when the test says so. */
function clientWithThread() {
	const tasks: ForecastTask[] = [];
	const answers: ForecastAnswer[] = [];
	let answer: (answer: ForecastAnswer) => void = () => {};
	let fail: (reason: string) => void = () => {};
	let started = 0;
	const client = new ForecastClient(async () => {
		started++;
		return {
			post: (task) => tasks.push(task),
			onAnswer: (listener) => {
				answer = listener;
			},
			onFailure: (listener) => {
				fail = listener;
			},
			dispose() {},
		};
	});
	client.onDidAnswer((one) => answers.push(one));
	const agentsAsked = () => tasks.flatMap((task) => (task.kind === 'simulate' ? [task.request.agents] : []));
	const generation = () =>
		tasks.flatMap((task) => (task.kind === 'simulate' ? [task.generation] : [])).at(-1) ?? 0;
	const failed = (of: number): ForecastAnswer => ({ kind: 'failed', generation: of, message: 'no' });
	return {
		...{ client, tasks, answers, agentsAsked, generation, failed },
		answer: (one: ForecastAnswer) => answer(one),
		die: () => fail('out of memory'),
		started: () => started,
	};
}

describe('the simulator of a page', () => {
	it('is asked one thing at a time, and only the newest of what waits', async () => {
		const { client, agentsAsked, generation, failed, answer, answers } = clientWithThread();
		client.setPlan(plan);
		for (const agents of [1, 2, 3, 4]) {
			client.simulate(ask(agents));
		}
		await settled();
		expect(agentsAsked()).toEqual([1]);
		answer(failed(generation()));
		await settled();
		expect(agentsAsked()).toEqual([1, 4]);
		answer(failed(generation()));
		expect(answers).toHaveLength(2);
	});

	it('does not answer what was asked of another version of the plan', async () => {
		const { client, generation, failed, answer, answers, agentsAsked } = clientWithThread();
		client.setPlan(plan);
		client.simulate(ask(1));
		await settled();
		const old = generation();
		client.setPlan(plan);
		client.simulate(ask(2));
		answer(failed(old));
		await settled();
		expect([answers, agentsAsked()]).toEqual([[], [1, 2]]);
	});

	it('says that its thread died, and starts another with the next plan', async () => {
		const { client, answers, die, started } = clientWithThread();
		client.setPlan(plan);
		client.simulate(ask(1));
		await settled();
		die();
		expect(answers).toMatchObject([{ kind: 'failed', message: 'out of memory' }]);
		client.setPlan(plan);
		client.simulate(ask(2));
		await settled();
		expect(started()).toBe(2);
	});
});
