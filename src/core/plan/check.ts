import type { Command, Located, SourceRange } from './plan.ts';

/** One thing that decides whether work is accepted (FORMATS 1.4). */
export type Check = CommandCheck | AgentCheck | ApprovalCheck;

/** The formats of report files that are read into figures. */
export const reportKinds = ['junit', 'lcov', 'cobertura', 'sarif'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Report files that a check leaves: a glob relative to the root for each format. */
export type Reports = Readonly<Partial<Record<ReportKind, string>>>;

/** A command whose exit code, and whose reports where it names some, are the verdict. */
export interface CommandCheck {
	readonly kind: 'command';
	readonly name?: string;
	readonly command: Command;
	/** The exit code that means "passed"; 0 unless `expect.exit` says otherwise. */
	readonly expectExit: number;
	readonly timeoutMinutes?: number;
	/** How long it is expected to take: for forecasts of gates. */
	readonly estimateMinutes?: number;
	readonly reports: Reports;
	/** Least share of covered lines, in percent. */
	readonly minCoverage?: number;
	/** Most findings in SARIF reports. */
	readonly maxFindings?: number;
	/** Taken once before the task begins, so that only failures that are new count. */
	readonly baseline: boolean;
	readonly range: SourceRange;
}

/** An agent that judges and must answer in the verdict schema (EXECUTION T7, G3). */
export interface AgentCheck {
	readonly kind: 'agent';
	readonly name?: string;
	/** Without one the plan's default agent judges. */
	readonly agent?: Located<string>;
	readonly persona: string;
	/** Empty = the acceptance criteria of the task. */
	readonly criteria: readonly string[];
	readonly timeoutMinutes?: number;
	readonly estimateMinutes?: number;
	readonly range: SourceRange;
}

/** A person who must agree. */
export interface ApprovalCheck {
	readonly kind: 'approval';
	readonly name?: string;
	/** Who is asked, or what for, in the words of the plan. */
	readonly what: string;
	readonly range: SourceRange;
}
