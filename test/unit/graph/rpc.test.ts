import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { Emitter } from '../../../src/core/base/emitter.ts';
import type { Transport } from '../../../src/protocol/rpc.ts';
import { notificationType, RpcPeer, requestType } from '../../../src/protocol/rpc.ts';
import { RpcError } from '../../../src/protocol/rpcError.ts';

const double = requestType('double', z.object({ value: z.number() }), z.object({ value: z.number() }));
const note = notificationType('note', z.object({ text: z.string() }));

/** Two ends of one wire, in memory; what is posted arrives at once, as plain data. */
function pair({ sessions = ['s', 's'] }: { sessions?: [string, string] } = {}) {
	const toLeft = new Emitter<unknown>();
	const toRight = new Emitter<unknown>();
	const said: string[] = [];
	const logger = {
		debug() {},
		info() {},
		warn: (m: string) => said.push(m),
		error: (m: string) => said.push(m),
	};
	const end = (receive: Emitter<unknown>, send: Emitter<unknown>, session: string) => {
		const transport: Transport = {
			post: (message) => send.fire(structuredClone(message)),
			onMessage: receive.event,
		};
		return new RpcPeer({ transport, logger, session, timeoutMs: 1000 });
	};
	return {
		left: end(toLeft, toRight, sessions[0]),
		right: end(toRight, toLeft, sessions[1]),
		said,
		inject: (message: unknown) => toRight.fire(message),
	};
}

const reasonOf = async (promise: Promise<unknown>) =>
	promise.then(
		() => 'resolved',
		(error: unknown) => (RpcError.is(error) ? error.reason : 'another error'),
	);

describe('rpc', () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it('answers requests, also out of order', async () => {
		const { left, right } = pair();
		const finish: (() => void)[] = [];
		right.onRequest(
			double,
			({ value }) => new Promise((done) => finish.push(() => done({ value: value * 2 }))),
		);
		const answers = [left.request(double, { value: 1 }), left.request(double, { value: 2 })];
		finish[1]?.();
		finish[0]?.();
		expect(await Promise.all(answers)).toEqual([{ value: 2 }, { value: 4 }]);
	});

	it('delivers notifications, and nothing any more after the subscription ended', () => {
		const { left, right } = pair();
		const heard: string[] = [];
		const subscription = right.onNotification(note, ({ text }) => heard.push(text));
		left.notify(note, { text: 'one' });
		subscription.dispose();
		left.notify(note, { text: 'two' });
		expect(heard).toEqual(['one']);
		expect(right.refused).toBe(1);
	});

	it.each([
		['no object', 'hello'],
		['no envelope', { method: 'note' }],
		['another version', { jsonrpc: '1.0', session: 's', method: 'note', params: { text: 'x' } }],
		['another session', { jsonrpc: '2.0', session: 'old', method: 'note', params: { text: 'x' } }],
		['an unknown method', { jsonrpc: '2.0', session: 's', method: 'format', params: {} }],
		['wrong parameters', { jsonrpc: '2.0', session: 's', method: 'note', params: { text: 7 } }],
		['no parameters', { jsonrpc: '2.0', session: 's', method: 'note' }],
		['an answer to nothing', { jsonrpc: '2.0', session: 's', id: 99, result: {} }],
	])('counts and logs a message with %s, and does not throw', (_, message) => {
		const { right, said, inject } = pair();
		right.onNotification(note, () => expect.fail('it was handled'));
		inject(message);
		expect(right.refused).toBe(1);
		expect(said).toHaveLength(1);
	});

	it('never puts the refused value into the log', () => {
		const { right, said, inject } = pair();
		right.onNotification(note, () => undefined);
		inject({ jsonrpc: '2.0', session: 's', method: 'note', params: { text: { secret: 'hunter2' } } });
		expect(said.join()).toContain('text');
		expect(said.join()).not.toContain('hunter2');
	});

	it.each([
		[
			'remote',
			'the handler throws',
			(right: RpcPeer) => right.onRequest(double, () => Promise.reject(new Error('no'))),
		],
		['remote', 'nobody handles it', () => undefined],
		[
			'malformed',
			'the answer does not fit',
			(right: RpcPeer) => right.onRequest(double, () => ({ value: 'four' }) as unknown as { value: number }),
		],
	])('rejects as %s when %s', async (reason, _, arrange) => {
		const { left, right } = pair();
		arrange(right);
		expect(await reasonOf(left.request(double, { value: 2 }))).toBe(reason);
	});

	it('rejects when no answer comes in time, and drops the late one', async () => {
		const { left, right } = pair();
		let finish = () => {};
		right.onRequest(
			double,
			() =>
				new Promise((done) => {
					finish = () => done({ value: 1 });
				}),
		);
		const reason = reasonOf(left.request(double, { value: 2 }));
		await vi.advanceTimersByTimeAsync(1000);
		expect(await reason).toBe('timeout');
		finish();
		await vi.advanceTimersByTimeAsync(0);
		expect(left.refused).toBe(1);
	});

	it('rejects what is pending when it is closed, and later requests at once', async () => {
		const { left } = pair();
		const pending = reasonOf(left.request({ ...double, method: 'note' }, { value: 1 }));
		const silent = pair();
		const waiting = reasonOf(silent.left.request(double, { value: 1 }));
		silent.left.dispose();
		left.dispose();
		expect(await waiting).not.toBe('resolved');
		expect(await pending).not.toBe('resolved');
		expect(await reasonOf(left.request(double, { value: 1 }))).toBe('closed');
		expect(vi.getTimerCount()).toBe(0);
	});

	it('does not act on messages of a page that is gone', () => {
		const { left, right } = pair({ sessions: ['old', 'new'] });
		right.onNotification(note, () => expect.fail('it was handled'));
		left.notify(note, { text: 'late' });
		expect(right.refused).toBe(1);
	});
});
