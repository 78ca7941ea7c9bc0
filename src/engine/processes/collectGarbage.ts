import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Keeps the part of the heap for new objects as small as it is at the start. It grows to 32 MB while a large plan is read and
 * never shrinks again in a process that mostly waits. What is read stays anyway, so that a larger one would only have
 * everything copied later; a run of a thousand tasks takes the same time of the processor with either.
 */
export function keepNewSpaceSmall(): void {
	setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Has everything collected that nobody holds any more, and its memory given back. Reading a large plan leaves several times
 * its size behind, and a process that then mostly waits would keep that for hours: nothing else makes it collect.
 */
export function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('typeof gc === "function" ? gc : null') as (() => void) | null;
	setFlagsFromString('--no-expose-gc');
	// What stays lies scattered over pages that nobody else could use.
	setFlagsFromString('--compact-on-every-full-gc');
	collect?.();
	setFlagsFromString('--no-compact-on-every-full-gc');
}
