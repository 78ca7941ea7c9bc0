import * as z from 'zod/mini';

/** What a worker says about its own work in `$SWITCHYARD_OUT/report.json` (EXECUTION T7). Nothing in it is verified. */
export interface WorkerReport {
	readonly status: string;
	readonly results: readonly string[];
	readonly discoveries: readonly string[];
	readonly newSubtasks: readonly string[];
	readonly recommendations: readonly string[];
}

const reportShape = z.object({
	status: z.optional(z.unknown()),
	results: z.optional(z.unknown()),
	discoveries: z.optional(z.unknown()),
	new_subtasks: z.optional(z.unknown()),
	recommendations: z.optional(z.unknown()),
});

/** Reads a report of any shape a worker may leave. Null where it is no JSON object; `problem` then says why. */
export function readWorkerReport(text: string): { report: WorkerReport | null; problem: string } {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return { report: null, problem: 'report.json is not JSON.' };
	}
	const parsed = reportShape.safeParse(value);
	if (!parsed.success) {
		return { report: null, problem: 'report.json is not an object.' };
	}
	const { status, results, discoveries, new_subtasks, recommendations } = parsed.data;
	const report = {
		status: typeof status === 'string' ? status : '',
		results: toSentences(results),
		discoveries: toSentences(discoveries),
		newSubtasks: toSentences(new_subtasks),
		recommendations: toSentences(recommendations),
	};
	return { report, problem: '' };
}

/** A list of sentences out of a text, a list, or a list of objects with a title. */
function toSentences(value: unknown): readonly string[] {
	if (value === undefined || value === null || value === '') {
		return [];
	}
	return Array.isArray(value) ? value.map(toSentence) : [toSentence(value)];
}

function toSentence(value: unknown): string {
	if (typeof value === 'string') {
		return value;
	}
	if (typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string') {
		return value.title;
	}
	return JSON.stringify(value) ?? '';
}
