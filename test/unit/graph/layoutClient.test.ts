import { describe, expect, it } from 'vitest';
import type { LayoutInput, LayoutResult } from '../../../src/core/graph/layoutTypes.ts';
import type { LayoutReply, LayoutTask, LayoutThread } from '../../../src/host/graph/layoutClient.ts';
import { LayoutClient } from '../../../src/host/graph/layoutClient.ts';

const input: LayoutInput = { tracks: [], sprints: [], tasks: [], collapsed: [] };
const result: LayoutResult = { width: 1, height: 1, nodes: [], edges: [], sprints: [], lanes: [] };

/** A thread that answers when the test says so. */
class FakeThread implements LayoutThread {
	readonly tasks: LayoutTask[] = [];
	disposed = false;
	reply: (reply: LayoutReply) => void = () => {};
	die: (reason: string) => void = () => {};

	post(task: LayoutTask): void {
		this.tasks.push(task);
	}
	onReply(listener: (reply: LayoutReply) => void): void {
		this.reply = listener;
	}
	onDeath(listener: (reason: string) => void): void {
		this.die = listener;
	}
	dispose(): void {
		this.disposed = true;
	}
}

function open() {
	const threads: FakeThread[] = [];
	const client = new LayoutClient(() => {
		const thread = new FakeThread();
		threads.push(thread);
		return thread;
	});
	return { client, threads };
}

describe('layout client', () => {
	it('starts no thread before the first request and one for many', async () => {
		const { client, threads } = open();
		expect(threads).toHaveLength(0);
		for (const generation of [1, 2]) {
			const answer = client.layout(input);
			threads[0]?.reply({ generation, result });
			expect(await answer).toBe(result);
		}
		expect(threads).toHaveLength(1);
	});

	it('drops the result of a request that a newer one replaced', async () => {
		const { client, threads } = open();
		const answers = [client.layout(input), client.layout(input), client.layout(input)];
		threads[0]?.reply({ generation: 1, result: { ...result, width: 99 } });
		expect(threads[0]?.tasks.map((task) => task.generation)).toEqual([1, 3]);
		threads[0]?.reply({ generation: 3, result });
		expect(await Promise.all(answers)).toEqual([null, null, result]);
	});

	it('rejects with the reason when the layout fails', async () => {
		const { client, threads } = open();
		const answer = client.layout(input);
		threads[0]?.reply({ generation: 1, error: 'Out of paper.' });
		await expect(answer).rejects.toThrow('Out of paper.');
	});

	it('rejects when the thread dies and starts another for the next request', async () => {
		const { client, threads } = open();
		const answer = client.layout(input);
		threads[0]?.die('exit code 134');
		await expect(answer).rejects.toThrow('exit code 134');
		const second = client.layout(input);
		threads[1]?.reply({ generation: 2, result });
		expect(await second).toBe(result);
	});

	it('gives a newer request a new thread when the old one dies on an older request', async () => {
		const { client, threads } = open();
		const answers = [client.layout(input), client.layout(input)];
		threads[0]?.die('killed');
		threads[1]?.reply({ generation: 2, result });
		expect(await Promise.all(answers)).toEqual([null, result]);
	});

	it('ends the thread and answers nobody when it is disposed', async () => {
		const { client, threads } = open();
		const answer = client.layout(input);
		client.dispose();
		expect(await answer).toBeNull();
		expect(threads[0]?.disposed).toBe(true);
		expect(await client.layout(input)).toBeNull();
	});
});
