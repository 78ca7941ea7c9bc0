import type { Problem } from '../core/plan/problem.ts';

/** Problems by the file they are shown in, each list in the order it had. */
export function problemsByFile(problems: readonly Problem[]): Map<string, Problem[]> {
	const byFile = new Map<string, Problem[]>();
	for (const problem of problems) {
		const list = byFile.get(problem.range.uri) ?? [];
		list.push(problem);
		byFile.set(problem.range.uri, list);
	}
	return byFile;
}
