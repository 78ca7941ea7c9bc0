import { describe, expect, test } from 'vitest';
import { Alarm } from '../../../src/core/base/alarm.ts';

describe('an alarm', () => {
	test('wakes a sleeper when it rings, and not before', async () => {
		const alarm = new Alarm();
		let awake = false;
		const sleeping = alarm.wait().then(() => {
			awake = true;
		});
		await Promise.resolve();
		expect(awake).toBe(false);
		alarm.ring();
		await sleeping;
		expect(awake).toBe(true);
	});

	test('rung twice while nobody sleeps, it wakes the next sleeper at once, and only that one', async () => {
		const alarm = new Alarm();
		alarm.ring();
		alarm.ring();
		await alarm.wait();
		let awake = false;
		void alarm.wait().then(() => {
			awake = true;
		});
		await Promise.resolve();
		await Promise.resolve();
		expect(awake).toBe(false);
	});
});
