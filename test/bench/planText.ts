/** Lines of one task below. */
export const linesOfTask = 9;

/** A one-file plan of many tasks, like those that people write; `faultAt` gives one task an estimate that is none. */
export function planText(tasks: number, { faultAt = -1 } = {}): { readonly text: string } {
	const lines = ['plan: {name: Bench, defaults: {agent: shell}}', 'tasks:'];
	for (let i = 0; i < tasks; i++) {
		const needs = needsOf(i);
		lines.push(
			`  - id: TASK-${i}`,
			`    name: Build part ${i} of the service`,
			`    type: ${['backend', 'frontend', 'database'][i % 3]}`,
			`    estimated_hours: ${i === faultAt ? '"often"' : 1 + (i % 9)}`,
			`    dependencies: [${needs.map((n) => `TASK-${n}`).join(', ')}]`,
			'    acceptance_criteria:',
			`      - The part ${i} answers in the time that was agreed`,
			'      - "Its tests pass: all of them"',
			`    run: [npm, run, "build:${i}"]`,
		);
	}
	return { text: `${lines.join('\n')}\n` };
}

/** What the task with this number waits for. */
function needsOf(i: number): number[] {
	return [i - 1, i - 7, i - 50].filter((n) => n >= 0 && (i * 7 + n) % 3 !== 0);
}

/** The same plan without its text, for what begins with ids: reading 100,000 tasks would take longer than all else. */
export function planGraph(tasks: number) {
	const numbers = Array.from({ length: tasks }, (_, i) => i);
	return {
		ids: numbers.map((i) => `TASK-${i}`),
		edges: numbers.flatMap((i) => needsOf(i).map((n) => [`TASK-${n}`, `TASK-${i}`] as const)),
		weights: numbers.map((i) => 60 * (1 + (i % 9))),
	};
}
