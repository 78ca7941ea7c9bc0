import type { GateAt, GateSetName } from './gateSets.ts';

/** A place between two characters: zero-based line, and zero-based column in UTF-16 units (as in the LSP). */
export interface Position {
	readonly line: number;
	readonly character: number;
}

/** A half-open stretch of one file. */
export interface SourceRange {
	/** The file as a URI string: `core` knows no paths. */
	readonly uri: string;
	readonly start: Position;
	readonly end: Position;
}

/** A value that was read, with the text it came from. */
export interface Located<T> {
	readonly value: T;
	readonly range: SourceRange;
}

/** One file of a plan, as text: what is saved, or what an editor has open. */
export interface PlanFile {
	readonly uri: string;
	readonly text: string;
	/** Why the text is not there although the file is: reported in its place, and the rest of the plan goes on. */
	readonly fault?: { readonly code: 'SY103' | 'SY108' | 'SY109'; readonly message: string };
}

/** `folder`: `docs/planning` with one file a task (FORMATS 1.1); `file`: everything in one `*.plan.yaml` (1.2). */
export type PlanForm = 'folder' | 'file';

/** Which plan of a workspace: the URI of its root folder, and a key that is unique below it. */
export interface PlanId {
	/** The folder that holds `docs/planning`, or the one-file plan (FORMATS 2.0), without a trailing slash. */
	readonly rootUri: string;
	/** `planning` for the folder form; for one file its name without `.plan.yaml`/`.yaml`. */
	readonly key: string;
}

/** What a task's or check's process is: an argument list, or one line for the platform's shell (`shell: true`). */
export type Command =
	| { readonly kind: 'argv'; readonly argv: readonly string[] }
	| { readonly kind: 'shell'; readonly line: string };

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

/** Which model works: T1 first, T2 when T1 did not do it (EXECUTION T2). */
export type Tier = 'T1' | 'T2';

/** What a tier means in this plan. */
export interface TierDefinition {
	readonly agent?: Located<string>;
	readonly model?: string;
}

/** One link of the chain inside a task: who does what, and the checks right behind it. */
export interface Step {
	readonly name?: string;
	readonly persona?: string;
	readonly agent?: Located<string>;
	readonly tier?: Tier;
	readonly model?: string;
	readonly run?: Command;
	readonly prompt?: Prompt;
	readonly verify: readonly Check[];
	/** Files that are its business: a finding about one of them is its to repair. */
	readonly touches: readonly string[];
	readonly produces: readonly string[];
	readonly timeoutMinutes?: number;
	readonly range: SourceRange;
}

/** An `agents:` entry: any program that takes its prompt on stdin. */
export interface AgentDefinition {
	readonly name: string;
	/** Left out where the agent that it extends brings it. */
	readonly command?: Command;
	/** Arguments that are added to the command, or to that of the agent it extends. */
	readonly args?: readonly string[];
	/** `extends`: the agent that it is a variant of. */
	readonly base?: Located<string>;
	readonly env: Readonly<Record<string, string>>;
	/** The model it is asked to use: `{model}` in its arguments, and SWITCHYARD_MODEL. */
	readonly model?: string;
	/** Who takes over while its usage limit lasts. */
	readonly fallback?: Located<string>;
	/** Regular expressions: a line of its output that matches one says that its usage limit is reached. */
	readonly usageLimit?: readonly string[];
	readonly range: SourceRange;
}

/** `prompt:` as text, or as a file relative to the plan's root. */
export type Prompt =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'file'; readonly path: string };

/** One task, as written; what is missing in the text is missing here. Defaults are applied by the run plan. */
export interface Task {
	readonly id: string;
	readonly name: string;
	readonly description?: string;
	readonly type?: string;
	readonly estimateMinutes?: number;
	readonly dependencies: readonly Located<string>[];
	readonly acceptanceCriteria: readonly string[];
	readonly agent?: Located<string>;
	readonly persona?: string;
	/** Where it is written. */
	readonly personaRange?: SourceRange;
	readonly run?: Command;
	readonly prompt?: Prompt;
	/** Where the file of a prompt is named. */
	readonly promptRange?: SourceRange;
	readonly verify: readonly Check[];
	readonly touches: readonly string[];
	/** Where each of them is written. */
	readonly touchRanges?: readonly SourceRange[];
	readonly produces: readonly string[];
	readonly locks: readonly string[];
	/** Larger starts first; 0 is what a task without one has. */
	readonly priority?: number;
	readonly timeoutMinutes?: number;
	readonly retries?: number;
	/** How many iterations of work and check it gets (T2). */
	readonly iterations?: number;
	readonly tier?: Tier;
	readonly model?: string;
	/** Where a person must agree: before the work begins, or after its checks passed. */
	readonly approval?: 'before' | 'after';
	/** After how many minutes without output and without work of the processor it counts as stalled. */
	readonly stallMinutes?: number;
	/** The chain inside the task; undefined where the plan's workflows decide. */
	readonly steps?: readonly Step[];
	readonly idempotent: boolean;
	readonly env: Readonly<Record<string, string>>;
	/** Relative to the root; checked to stay inside it. */
	readonly cwd?: string;
	/** The whole task in its file, and the id alone. */
	readonly range: SourceRange;
	readonly idRange: SourceRange;
}

/** What integrates, or runs after a gate, as written. Without `run` and agent it only checks. */
export interface GateStepDefinition {
	readonly name?: string;
	readonly run?: Command;
	readonly agent?: Located<string>;
	readonly persona?: string;
	readonly prompt?: string;
	readonly verify: readonly Check[];
	readonly timeoutMinutes?: number;
	/** How long it is expected to take with its checks: for forecasts. */
	readonly estimateMinutes?: number;
	readonly env: Readonly<Record<string, string>>;
	readonly cwd?: string;
	readonly range: SourceRange;
}

/** One who judges at a gate. Without a check it is "not configured", and never counts as passed (G1). */
export interface GateSlot {
	readonly name: string;
	readonly checks: readonly Check[];
	readonly range: SourceRange;
}

/** An entry under `gates` (FORMATS 1.2). */
export interface GateDefinition {
	readonly name: string;
	readonly set?: GateSetName;
	/** Without it the places of the set. */
	readonly at?: GateAt;
	/** Numbers of layers and tracks, ids of sprints and tasks; empty = all. */
	readonly only: readonly Located<string>[];
	readonly slots: readonly GateSlot[];
	readonly advisory: boolean;
	readonly integration?: GateStepDefinition;
	readonly maxFixCycles?: number;
	readonly after: readonly GateStepDefinition[];
	readonly range: SourceRange;
}

export interface SprintBatch {
	readonly tasks: readonly Located<string>[];
	/** Its tasks run one after another. */
	readonly inTurn: boolean;
}

/** How a sprint ends, as far as it says so itself (FORMATS 1.1). */
export interface SprintPipeline {
	readonly batches: readonly SprintBatch[];
	readonly integration?: GateStepDefinition;
	readonly validation: readonly GateSlot[];
	/** Names of gates and sets, and words of other tools. */
	readonly qualityGates: readonly GateSlot[];
	readonly maxFixCycles?: number;
	readonly after: readonly GateStepDefinition[];
}

export interface Sprint {
	readonly id: string;
	readonly name: string;
	readonly goal?: string;
	readonly track?: number;
	readonly number?: number;
	readonly estimateMinutes?: number;
	/** Where the estimate is written. */
	readonly estimateRange?: SourceRange;
	/** As written; compared where they are `YYYY-MM-DD`. */
	readonly startDate?: Located<string>;
	readonly endDate?: Located<string>;
	readonly tasks: readonly Located<string>[];
	/** Sprints that must be complete first; the literal `none` of seed 004 is read as empty. */
	readonly dependencies: readonly Located<string>[];
	/** Left out by readers of other tools' plans. */
	readonly pipeline?: SprintPipeline;
	readonly range: SourceRange;
	readonly idRange: SourceRange;
}

export interface Track {
	readonly number: number;
	readonly name: string;
	/** Minutes that its author added up. */
	readonly estimate?: Located<number>;
	readonly range?: SourceRange;
}

/** The header of a plan: `plan:` of the one-file form, `docs/planning/switchyard.yaml` or the PRD of the folder form. */
export interface PlanHeader {
	readonly name: string;
	readonly strategy?: Located<string>;
	/** Tasks at once. */
	readonly jobs?: number;
	/** Folder of the evidence, relative to the root; `.work` unless said otherwise. */
	readonly evidence?: string;
	readonly defaultAgent?: Located<string>;
	readonly defaultVerify: readonly Check[];
	readonly defaultTimeoutMinutes?: number;
	readonly gates?: readonly GateDefinition[];
	/** Which gates run, where the strategy's own choice is not wanted (S1). */
	readonly gateLevel?: GateLevel;
	/** What discoveries do to the plan; `review` unless said otherwise (R3). */
	readonly replan?: ReplanPolicy;
	/** Where evidence lies below its folder (FORMATS 2.3). */
	readonly evidenceLayout?: EvidenceLayout;
	readonly defaultIterations?: number;
	readonly defaultRetries?: number;
	readonly defaultTier?: Tier;
	readonly defaultModel?: string;
	readonly defaultStallMinutes?: number;
	readonly defaultEnv?: Readonly<Record<string, string>>;
	/** Seconds before the first new try after a failure of the infrastructure; each further one waits four times as long. */
	readonly backoffSeconds?: number;
	readonly tiers?: Readonly<Partial<Record<Tier, TierDefinition>>>;
	/** Steps by type of task. */
	readonly workflows?: ReadonlyMap<string, readonly Step[]>;
}

/** Which gates a run has: task checks; also sprints, tracks and the project; also layers, and advice counts (S1). */
export const gateLevelNames = ['basic', 'standard', 'strict'] as const;
export type GateLevel = (typeof gateLevelNames)[number];

/** Whether a person decides about discoveries, nobody has to, or they change nothing (R3). */
export const replanPolicies = ['review', 'auto', 'off'] as const;
export type ReplanPolicy = (typeof replanPolicies)[number];

/** `milestones/<date>-<plan>/sprint-…`, or the older `sprints/sprint-…` of seed 003. */
export const evidenceLayouts = ['milestones', 'sprints'] as const;
export type EvidenceLayout = (typeof evidenceLayouts)[number];

/** Everything a plan says, merged from all its files, in document order (folder form: in order of file names). */
export interface Plan {
	readonly id: PlanId;
	readonly form: PlanForm;
	readonly header: PlanHeader;
	readonly agents: ReadonlyMap<string, AgentDefinition>;
	readonly tracks: readonly Track[];
	readonly sprints: readonly Sprint[];
	readonly tasks: readonly Task[];
	/** Every file that was read, as URIs. */
	readonly files: readonly string[];
}
