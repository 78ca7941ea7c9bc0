import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Has everything collected that nobody holds any more, and its memory given back. Reading a large plan leaves several times
 * its size behind, and a process that then mostly waits would keep that for hours: nothing else makes it collect.
 */
export function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('typeof gc === "function" ? gc : null') as (() => void) | null;
	setFlagsFromString('--no-expose-gc');
	collect?.();
}
