import type { ForeignFormat } from './foreignPlan.ts';
import { slugOf } from './slug.ts';

/** Names that say which tool or kind of file it is, and not which plan. */
const generic = new Set([
	...['', 'plan', 'plans', 'task', 'tasks', 'dependencies', 'issues', 'readme', 'docs', 'doc', 'planning'],
	...[
		'specs',
		'spec',
		'taskmaster',
		'backlog',
		'completed',
		'beads',
		'architecture',
		'foundation',
		'work',
		'src',
	],
	...['examples', 'sprints', 'workspace', 'index'],
]);

/** File name of the plan that an import of this path writes: from the first part of the path, from its end, that says more
 * than which tool wrote it. The same for the same path. */
export function importFileName(path: string, format: ForeignFormat): string {
	const parts = path.split(/[/\\]/).filter((part) => part !== '');
	const last = parts.pop() ?? '';
	for (const part of [last.replace(/\.(jsonl|json|md|markdown|mdx|txt)$/i, ''), ...parts.reverse()]) {
		const name = slugOf(part);
		if (!generic.has(name)) {
			return `${name}.plan.yaml`;
		}
	}
	return `${format}.plan.yaml`;
}
