/** Why something cannot be run as written; a sentence that says what to do. */
export interface WorkFault {
	readonly fault: string;
}

/** Tells a fault from what was asked for. */
export function isFault(found: unknown): found is WorkFault {
	return typeof found === 'object' && found !== null && 'fault' in found;
}

/** Thrown while a task is resolved, and caught by `orFault`: whoever asks gets the fault as a value. */
export class FaultError extends Error {
	override readonly name = 'FaultError';
}

/** What `resolve` gives, or the fault that it met on the way. */
export function orFault<T>(resolve: () => T): T | WorkFault {
	try {
		return resolve();
	} catch (error) {
		if (error instanceof FaultError) {
			return { fault: error.message };
		}
		throw error;
	}
}
