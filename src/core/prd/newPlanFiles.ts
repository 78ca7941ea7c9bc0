import type { Problem } from '../plan/problem.ts';
import { readPlan } from '../plan/readPlan.ts';
import { joinUri } from '../plan/uris.ts';
import type { DraftTask } from './draftTask.ts';
import type { DeclaredAgent } from './planYaml.ts';
import { answeredYaml, headerYaml, taskYaml } from './planYaml.ts';
import type { AnsweredTask } from './readAgentAnswer.ts';

/** A file of a new plan; `path` is relative to its root. */
export interface NewFile {
	readonly path: string;
	readonly text: string;
}

/** One file for each task. */
export function taskFiles(
	folder: string,
	made: { readonly drafts: readonly DraftTask[] } | { readonly answered: readonly AnsweredTask[] },
): NewFile[] {
	return 'drafts' in made
		? made.drafts.map((task) => ({ path: `${folder}/${task.id}.yaml`, text: taskYaml(task) }))
		: made.answered.map((task) => ({ path: `${folder}/${task.id}.yaml`, text: answeredYaml(task.fields) }));
}

/** The header file of a new plan. */
export function headerFile(
	path: string,
	plan: { readonly name: string; readonly agent: string | null; readonly declared: DeclaredAgent | null },
): NewFile {
	return { path, text: headerYaml(plan) };
}

/** What would be wrong with the plan that these files make; nothing is written while there is an error. */
export function checkNewFiles(files: readonly NewFile[], agents: readonly string[]): Problem[] {
	const rootUri = 'file:///new';
	const planFiles = files.map(({ path, text }) => ({ uri: joinUri(rootUri, path), text }));
	const { problems } = readPlan({ rootUri, key: 'planning' }, planFiles, { agents });
	return problems.filter(({ severity }) => severity === 'error');
}
