import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { ReadReports } from '../../core/run/judgeCheck.ts';
import type { ReportsRequest } from '../reports/readReports.ts';

const maxReplyBytes = 64 * 1024 * 1024;
/** A report that takes longer to read is no report. */
const timeoutMs = 120_000;

/** Has a process of its own read reports: XML of a stranger can be large, and must not take the engine with it. */
export function callReports(request: ReportsRequest): Promise<ReadReports> {
	const args = [join(__dirname, 'reports.js'), JSON.stringify(request)];
	return new Promise((resolve) => {
		execFile(process.execPath, args, { maxBuffer: maxReplyBytes, timeout: timeoutMs }, (error, stdout) => {
			resolve(error === null ? (JSON.parse(stdout) as ReadReports) : unread(request, error));
		});
	});
}

function unread({ reports }: ReportsRequest, error: Error): ReadReports {
	const problems = (['junit', 'lcov', 'cobertura', 'sarif'] as const)
		.filter((kind) => reports[kind] !== undefined)
		.map((kind) => ({ kind, text: `Its ${kind} report cannot be read (${error.message.split('\n')[0]}).` }));
	return { figures: {}, failures: [], problems };
}
