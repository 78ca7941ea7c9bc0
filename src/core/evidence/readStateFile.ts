import { parseDocument } from 'yaml';
import type { StateStatus } from './stateTypes.ts';

export interface ReadTask {
	/** A word of the format, or what stood there in its place: nothing else is taken for completed. */
	readonly status: StateStatus | 'unknown';
	readonly track: number | null;
	/** Milliseconds since the epoch. */
	readonly startedAt: number | null;
	readonly completedAt: number | null;
	readonly passed: boolean | null;
}

/** What a state file says, for imports and for names of tracks. Counts and sums are not read: they are computed (P5). */
export interface ReadState {
	readonly tasks: ReadonlyMap<string, ReadTask>;
	readonly trackNames: ReadonlyMap<number, string>;
	readonly createdAt: number | null;
	readonly problems: readonly StateProblem[];
}

export interface StateProblem {
	/** From 1. */
	readonly line: number;
	readonly message: string;
}

const statuses: ReadonlySet<string> = new Set(['pending', 'in_progress', 'completed', 'failed', 'blocked']);

/** Reads any state file of the format, whole or broken. Never throws: what cannot be read is a problem with a line. */
export function readStateFile(text: string): ReadState {
	const { value, problems } = parse(text);
	const root = asMap(value);
	const tasks = new Map<string, ReadTask>();
	for (const [id, entry] of asMap(root.get('tasks'))) {
		tasks.set(String(id), readTask(asMap(entry)));
	}
	const trackNames = new Map<number, string>();
	for (const [number, entry] of asMap(asMap(root.get('parallel_tracks')).get('track_info'))) {
		const name = asMap(entry).get('name');
		const key = Number(number);
		if (typeof name === 'string' && Number.isInteger(key)) {
			trackNames.set(key, name);
		}
	}
	return { tasks, trackNames, createdAt: asTime(root.get('created_at')), problems };
}

/** Maps stay maps, so that no key of the file can meet a property of an object. */
function parse(text: string): { value: unknown; problems: StateProblem[] } {
	const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
	const problems = document.errors.map((error) => ({
		line: error.linePos?.[0].line ?? 1,
		message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
	}));
	try {
		return { value: document.toJS({ mapAsMap: true, maxAliasCount: 100 }), problems };
	} catch {
		// The only way here is an alias that is undefined or repeated without bounds.
		problems.push({ line: 1, message: 'The aliases of this file cannot be resolved.' });
		return { value: null, problems };
	}
}

function readTask(entry: ReadonlyMap<unknown, unknown>): ReadTask {
	const status = entry.get('status');
	const track = entry.get('track');
	const result = entry.get('validation_result');
	return {
		status: typeof status === 'string' && isStatus(status) ? status : 'unknown',
		track: typeof track === 'number' && Number.isInteger(track) ? track : null,
		startedAt: asTime(entry.get('started_at')),
		completedAt: asTime(entry.get('completed_at')),
		passed: result === 'PASS' ? true : result === 'FAIL' ? false : null,
	};
}

function isStatus(word: string): word is StateStatus {
	return statuses.has(word);
}

function asMap(value: unknown): ReadonlyMap<unknown, unknown> {
	return value instanceof Map ? value : new Map();
}

function asTime(value: unknown): number | null {
	if (typeof value !== 'string') {
		return null;
	}
	const at = Date.parse(value);
	return Number.isNaN(at) ? null : at;
}
