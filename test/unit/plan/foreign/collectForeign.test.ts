import { expect, test } from 'vitest';
import type { ForeignSource } from '../../../../src/core/plan/foreign/collectForeign.ts';
import { collectForeign } from '../../../../src/core/plan/foreign/collectForeign.ts';

/** Files in memory by their paths. */
function sourceOf(files: Readonly<Record<string, string>>): ForeignSource {
	return {
		read: async (path) => {
			const text = files[path];
			return text === undefined ? null : { uri: `memory:${path}`, text };
		},
		list: async (folder) =>
			Object.keys(files)
				.filter((path) => path.slice(0, path.lastIndexOf('/')) === folder)
				.map((path) => path.slice(folder.length + 1)),
	};
}

const task = (id: string) => `---\nid: ${id}\nstatus: To Do\n---\n`;

test.each([
	['a file of its own', '/w/specs/x/tasks.md', ['/w/specs/x/tasks.md']],
	[
		'a task of Backlog.md brings its neighbours, counted as people count',
		'/w/backlog/tasks/task-10 - c.md',
		[
			'/w/backlog/tasks/task-2 - b.md',
			'/w/backlog/tasks/task-10 - c.md',
			'/w/backlog/completed/task-1 - a.md',
		],
	],
	['a task in a folder of another name brings only that folder', '/w/todo/task-4.md', ['/w/todo/task-4.md']],
	['no plan', '/w/backlog/tasks/README.md', null],
	['no file', '/w/none.json', null],
])('%s', async (_what, path, expected) => {
	const source = sourceOf({
		'/w/specs/x/tasks.md': '- [ ] T001 One\n',
		'/w/specs/x/plan.md': '# Text\n',
		'/w/backlog/tasks/task-10 - c.md': task('task-10'),
		'/w/backlog/tasks/task-2 - b.md': task('task-2'),
		'/w/backlog/tasks/README.md': '# How we work\n',
		'/w/backlog/completed/task-1 - a.md': task('task-1'),
		'/w/todo/task-4.md': task('task-4'),
		'/w/done/task-5.md': task('task-5'),
	});
	const found = await collectForeign(source, path);
	expect(found?.files.map(({ uri }) => uri.replace('memory:', '')) ?? null).toEqual(expected);
});
