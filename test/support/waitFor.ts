import { setTimeout as delay } from 'node:timers/promises';

/** Looks again and again until there is something to see; says what was waited for when it never comes. */
export async function waitFor<T>(
	what: string,
	look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
	timeoutMs = 15_000,
): Promise<T> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== null && found !== undefined && found !== false) {
			return found;
		}
		if (performance.now() > deadline) {
			throw new Error(`Waited ${timeoutMs / 1000} s in vain for: ${what}`);
		}
		await delay(20);
	}
}
