import type { Work } from './runPlan.ts';

/** How a process ended, as far as it tells whose fault that is. */
export interface FailedProcess {
	readonly work: Work;
	readonly exit: number | null;
	/** What the operating system said where it could not be started; undefined where it ran. */
	readonly error: string | undefined;
	/** The end of what it printed, without colours. */
	readonly tail: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** T3. `resetAt` in milliseconds since the epoch; null where the agent did not say when its limit ends. */
export type FailureClass =
	/** `isMissing`: its program is not there or may not be run, which another try soon would not change. */
	| { readonly kind: 'infrastructure'; readonly isMissing?: true }
	| { readonly kind: 'usage-limit'; readonly resetAt: number | null }
	| { readonly kind: 'work' };

/** What operating systems say when there is too little of something, which passes. */
const passing = /\b(EAGAIN|ENOMEM|EMFILE|ENFILE|EBUSY|ETXTBSY)\b/;

/** What programs print whose way to their server is cut. */
const network =
	/\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPIPE)\b|socket hang up|network (?:is unreachable|error)|could not resolve host|temporary failure in name resolution|connection (?:refused|reset|timed out)|\b(?:502|503|504|529)\b[^\n]{0,40}(?:bad gateway|unavailable|time-?out|overloaded)|overloaded_error|service unavailable/i;

const usage =
	/usage limit|rate[ -]?limit(?:ed|_error| exceeded| reached)?|quota (?:exceeded|reached|exhausted)|insufficient_quota|resource_exhausted|too many requests|(?:5-hour|daily|weekly|monthly) limit reached|\b429\b/i;

/** Exit codes of a shell that did not find a program, or may not run it. */
const missingExits = [126, 127];

/**
 * Tells a failure of the work from one around it (T3). Only an agent's own words count, and only when it failed: a command
 * that prints "429" has failed like any other, and a program of the plan that is missing is the plan's to repair.
 */
export function classifyFailure({ work, exit, error, tail, now }: FailedProcess): FailureClass {
	if (error !== undefined) {
		if (passing.test(error)) {
			return { kind: 'infrastructure' };
		}
		return work.kind === 'agent' ? { kind: 'infrastructure', isMissing: true } : { kind: 'work' };
	}
	if (work.kind !== 'agent') {
		return { kind: 'work' };
	}
	if (exit !== null && missingExits.includes(exit)) {
		return { kind: 'infrastructure', isMissing: true };
	}
	const own = (work.usageLimit ?? []).map((pattern) => new RegExp(pattern, 'i'));
	const lines = tail
		.split('\n')
		.filter((line) => usage.test(line) || own.some((pattern) => pattern.test(line)));
	if (lines.length > 0) {
		return { kind: 'usage-limit', resetAt: resetTime(lines.join('\n'), now) ?? resetTime(tail, now) };
	}
	return network.test(tail) ? { kind: 'infrastructure' } : { kind: 'work' };
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A limit that is said to end further away than this was read wrongly. */
const longestWaitMs = 8 * 86_400_000;

/** When a limit ends, as agents say it: a number of seconds since the epoch, an ISO time, `in 2h 5m`, `at 3pm`. */
export function resetTime(text: string, now: number): number | null {
	const found = epochIn(text) ?? isoIn(text) ?? spanIn(text, now) ?? clockIn(text, now);
	return found === null || found < now - 60_000 || found > now + longestWaitMs ? null : Math.max(found, now);
}

function epochIn(text: string): number | null {
	const match = /\b(1[6-9]\d{8}|2\d{9})(\d{3})?\b/.exec(text);
	return match === null ? null : Number(match[1]) * 1_000 + Number(match[2] ?? 0);
}

function isoIn(text: string): number | null {
	const match = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})/.exec(text);
	const at = match === null ? Number.NaN : Date.parse(match[0]);
	return Number.isNaN(at) ? null : at;
}

function spanIn(text: string, now: number): number | null {
	const start = /(?:again|retry|retry-after|resets?|wait)\b[^\n\d]{0,24}(?:in|after|:)?\s*(?=\d)/i.exec(text);
	if (start === null) {
		return null;
	}
	const rest = text.slice(start.index + start[0].length, start.index + start[0].length + 60);
	const span =
		/^(?:\d+(?:\.\d+)?\s*(?:d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)\b[\s,]*(?:and\s+)?)+/i.exec(
			rest,
		);
	if (span === null) {
		return null;
	}
	let ms = 0;
	for (const [, amount, unit] of span[0].matchAll(/(\d+(?:\.\d+)?)\s*([dhms])/gi)) {
		ms += Number(amount) * (unitMs[(unit ?? 's').toLowerCase()] ?? 0);
	}
	return now + ms;
}

/** `resets at 3pm`, `reset at 15:00 UTC`: the next such time of day, in UTC because the text is all there is. */
function clockIn(text: string, now: number): number | null {
	const match = /(?:resets?|again|until)[^\n\d]{0,16}(?:at\s+)?(\d{1,2})(?::(\d{2}))?\s*(am|pm)?/i.exec(text);
	if (match === null || (match[2] === undefined && match[3] === undefined)) {
		return null;
	}
	const half = match[3]?.toLowerCase();
	const hour = half === undefined ? Number(match[1]) : (Number(match[1]) % 12) + (half === 'pm' ? 12 : 0);
	if (hour > 23) {
		return null;
	}
	const day = new Date(now);
	const at = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, Number(match[2] ?? 0));
	return at > now ? at : at + 86_400_000;
}
