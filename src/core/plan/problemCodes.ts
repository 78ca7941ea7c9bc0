import type { Severity } from './problem.ts';

/** What is fixed for one kind of problem; the wording of a single problem is made where it is found. */
export interface ProblemKind {
	readonly severity: Severity;
	/** Heading of its section in docs/problems.md. */
	readonly title: string;
}

/**
 * Every code that a reader or check can report. Codes are stable and never reused; a unit test compares this table with
 * docs/problems.md. Errors are what prevents a run; warnings are what probably does not do what was meant.
 */
export const problemCodes = {
	SY100: { severity: 'error', title: 'The file is not valid YAML' },
	SY101: { severity: 'error', title: 'A key is given twice' },
	SY102: { severity: 'error', title: 'Aliases expand too far' },
	SY103: { severity: 'error', title: 'The file is too large' },
	SY104: { severity: 'error', title: 'The file is nested too deeply' },
	SY105: { severity: 'error', title: 'The file holds more than one YAML document' },
	SY106: { severity: 'warning', title: 'The file is empty' },
	SY107: { severity: 'error', title: 'The file is not a list of fields' },
	SY108: { severity: 'error', title: 'The file cannot be read' },
	SY109: { severity: 'error', title: 'A symbolic link leaves the workspace' },
	SY110: { severity: 'warning', title: 'The file is large' },
	SY111: { severity: 'error', title: 'The file holds characters that are not text' },
	SY112: { severity: 'error', title: 'An alias has no anchor' },
	SY113: { severity: 'warning', title: 'A YAML tag is unknown' },
	SY200: { severity: 'hint', title: 'A field is unknown' },
	SY201: { severity: 'warning', title: 'A field is misspelled' },
	SY202: { severity: 'error', title: 'A value has the wrong type' },
	SY203: { severity: 'error', title: 'An id is missing' },
	SY204: { severity: 'warning', title: 'An id is not text' },
	SY205: { severity: 'error', title: 'An id cannot be used' },
	SY206: { severity: 'error', title: 'A command line needs `shell: true`' },
	SY207: { severity: 'error', title: 'A number is out of range' },
	SY208: { severity: 'error', title: 'A value is not one of the known ones' },
	SY209: { severity: 'error', title: 'A path leaves the root of the plan' },
	SY210: { severity: 'error', title: 'A command is empty' },
	SY211: { severity: 'warning', title: 'A field is given under two names' },
	SY212: { severity: 'warning', title: 'A field is not carried out yet' },
	SY214: { severity: 'warning', title: 'A descriptive value has the wrong type' },
	SY220: { severity: 'error', title: 'A check has more than one judge' },
	SY221: { severity: 'error', title: 'A check compares what it does not read' },
	SY300: { severity: 'error', title: 'Two tasks have one id' },
	SY301: { severity: 'error', title: 'Two sprints have one id' },
	SY302: { severity: 'error', title: 'A dependency does not exist' },
	SY303: { severity: 'error', title: 'A task depends on itself' },
	SY304: { severity: 'error', title: 'Tasks wait for each other in a circle' },
	SY305: { severity: 'hint', title: 'An id is listed twice' },
	SY306: { severity: 'error', title: 'A sprint names a task that does not exist' },
	SY307: { severity: 'warning', title: 'A task is in two sprints' },
	SY308: { severity: 'hint', title: 'A task is in no sprint' },
	SY309: { severity: 'warning', title: 'A reference may point into a file that could not be read' },
	SY310: { severity: 'error', title: 'A sprint depends on a sprint that does not exist' },
	SY311: { severity: 'error', title: 'A sprint depends on itself' },
	SY312: { severity: 'error', title: 'Sprints wait for each other in a circle' },
	SY313: { severity: 'error', title: 'The order of sprints contradicts the dependencies of tasks' },
	SY314: { severity: 'error', title: 'An agent is unknown' },
	SY315: { severity: 'warning', title: 'Nothing says what does a task' },
	SY316: { severity: 'error', title: 'A shell task has no command' },
	SY317: { severity: 'hint', title: 'The plan has no tasks' },
	SY318: { severity: 'warning', title: 'A command is not run, because an agent does the task' },
	SY319: { severity: 'warning', title: 'A stated duration is not that of its tasks' },
	SY320: { severity: 'hint', title: 'A task is large' },
	SY321: { severity: 'hint', title: 'A task needs a later sprint of another track' },
	SY322: { severity: 'warning', title: 'Two sprints of a track have one number' },
	SY323: { severity: 'warning', title: 'Two tasks may change one file at the same time' },
	SY324: { severity: 'warning', title: 'The file of a prompt is missing' },
	SY325: { severity: 'info', title: 'A completed task is no longer in the plan' },
	SY326: { severity: 'hint', title: 'A persona is nearly a known one' },
	SY327: { severity: 'warning', title: 'A figure of a summary does not hold' },
	SY328: { severity: 'warning', title: 'Dates of sprints do not hold' },
	SY329: { severity: 'hint', title: 'An agent does not say which files it changes' },
	SY330: { severity: 'hint', title: 'A gate has a slot without a check' },
	SY331: { severity: 'warning', title: 'A gate is not run' },
	SY332: { severity: 'warning', title: 'A gate or batch names nothing' },
	SY333: { severity: 'warning', title: 'Batches contradict the dependencies of tasks' },
	SY600: { severity: 'warning', title: 'A part of another tool’s plan cannot be read' },
	SY601: { severity: 'warning', title: 'Words of another tool’s plan name no task' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemCodes;
