import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the task with this number waits for: two others, as in plans that people write. */
function needsOf(i: number): number[] {
	return [...new Set([i - 1 - (i % 7), i - 50])].filter((n) => n >= 0);
}

/** A folder of its own that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'switchyard-bench-')));
	try {
		return await use(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** The same graph of commands as a plan, as a ninja file, and as the projects of an nx workspace. */
export function writeGraph(folder: string, tasks: number, command: readonly string[] = ['true']): void {
	const numbers = Array.from({ length: tasks }, (_, i) => i);
	const list = (i: number, prefix: string) => needsOf(i).map((n) => `${prefix}${n}`);
	const lines = numbers.map(
		(i) =>
			`  - {id: T-${i}, name: Task ${i}, run: ${JSON.stringify(command)}, dependencies: [${list(i, 'T-').join(', ')}]}`,
	);
	writeFileSync(join(folder, 'plan.yaml'), `plan: {name: Bench}\ntasks:\n${lines.join('\n')}\n`);
	const rules = numbers.map((i) => `build o${i}: task ${list(i, 'o').join(' ')}`);
	writeFileSync(
		join(folder, 'build.ninja'),
		`rule task\n  command = ${command.join(' ')}\n${rules.join('\n')}\n`,
	);
	writeFile(folder, 'package.json', { name: 'bench', private: true });
	writeFile(folder, 'nx.json', { analytics: false });
	for (const i of numbers) {
		writeFile(folder, `parts/p${i}/project.json`, {
			name: `p${i}`,
			targets: { work: { command: command.join(' '), cache: false, dependsOn: ['^work'] } },
			implicitDependencies: list(i, 'p'),
		});
	}
}

function writeFile(folder: string, path: string, content: unknown): void {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, JSON.stringify(content));
}
