import type { Check } from './check.ts';
import type { SprintPipeline } from './gateDefinition.ts';
import type { PlanHeader } from './planHeader.ts';

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
	/** How far it has come, in the word of another tool's file. */
	readonly stated?: string;
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
