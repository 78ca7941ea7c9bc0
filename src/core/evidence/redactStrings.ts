import type { Secret } from './redact.ts';
import { redactLines } from './redact.ts';

/** Every string in a tree of plain values with its lines redacted, in a copy; keys and everything else stay as they are. */
export function redactStrings(value: unknown, secrets: readonly Secret[]): unknown {
	if (typeof value === 'string') {
		return redactLines(value, secrets);
	}
	if (Array.isArray(value)) {
		return value.map((item) => redactStrings(item, secrets));
	}
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([key, item]) => [key, redactStrings(item, secrets)]),
		);
	}
	return value;
}
