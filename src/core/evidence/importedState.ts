import { quoteYaml, yamlKey } from './yamlText.ts';

const mark = '# Completed in the plan that this one was imported from.';

/**
 * A state file (FORMATS 2.1) that says of a plan which was just imported what is completed in the other tool: a run journals
 * these tasks as imported, unverified, and does not do them again. `at` is the time of the import in milliseconds.
 */
export function importedStateText(tasks: readonly string[], at: number): string {
	const time = quoteYaml(`${new Date(at).toISOString().slice(0, 19)}Z`);
	return [
		mark,
		'version: "1.0"',
		'type: project',
		`created_at: ${time}`,
		`updated_at: ${time}`,
		'',
		'tasks:',
		...tasks.flatMap((id) => [yamlKey(id, '  '), '    status: completed']),
		'',
	].join('\n');
}

/** Whether an import wrote a state file. Every other one is the projection of a journal, or somebody's own. */
export function isImportedState(text: string): boolean {
	return text.startsWith(mark);
}

/** Whether two such files say the same, whenever they were written. */
export function saysSame(a: string, b: string): boolean {
	const withoutTimes = (text: string) => text.replace(/^(created|updated)_at:.*$/gm, '');
	return withoutTimes(a) === withoutTimes(b);
}
