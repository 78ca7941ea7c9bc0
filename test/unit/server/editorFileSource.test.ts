import { expect, test } from 'vitest';
import { EditorFileSource } from '../../../src/server/editorFileSource.ts';

/** A source whose editor answers requests by method. */
function source(
	answers: Readonly<Record<string, unknown>>,
	folders: Readonly<Record<string, readonly string[]>> = {},
): EditorFileSource {
	const sendRequest = (type: unknown, { uri }: { uri: string }) => {
		const { method } = type as { method: string };
		const names = method === 'switchyard/listFolder' ? folders[uri] : undefined;
		if (names !== undefined) {
			const entries = names.map((name) => ({ name, kind: /\.\w+$/.test(name) ? 'file' : 'folder' }));
			return Promise.resolve({ entries });
		}
		const answer = answers[method];
		return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
	};
	return new EditorFileSource({ sendRequest } as unknown as ConstructorParameters<
		typeof EditorFileSource
	>[0]);
}

test('a virtual workspace is walked folder by folder, without what git ignores', async () => {
	const folders = {
		'vfs://x/w': ['docs', '.git', '.work', 'built', 'x.plan.yaml', '.gitignore', 'specs'],
		'vfs://x/w/docs': ['planning'],
		'vfs://x/w/docs/planning': ['tasks'],
		'vfs://x/w/docs/planning/tasks': ['B b.yaml', 'A.yaml'],
		'vfs://x/w/built': ['y.plan.yaml'],
		'vfs://x/w/specs': ['001-core'],
		'vfs://x/w/specs/001-core': ['tasks.md'],
	};
	const answers = {
		'switchyard/readFile': { text: 'built/\n' },
		'switchyard/listFolder': { error: 'missing' },
	};
	expect(await source(answers, folders).search('vfs://x/w')).toEqual({
		paths: ['docs/planning/tasks/A.yaml', 'docs/planning/tasks/B b.yaml', 'x.plan.yaml'],
		foreign: ['specs/001-core/tasks.md'],
		problems: [],
	});
});

test('what the editor cannot do is said, not thrown', async () => {
	const failing = source({
		'switchyard/listFolder': new Error('gone'),
		'switchyard/readFile': new Error('gone'),
	});
	expect((await failing.search('vfs://x/w')).problems[0]).toMatchObject({ code: 'SY108' });
	expect(await failing.read('vfs://x/w', 'vfs://x/w/x.plan.yaml')).toEqual({
		kind: 'unreadable',
		reason: 'gone',
	});
	const refusing = source({ 'switchyard/readFile': { error: 'no permission' } });
	expect(await refusing.read('', 'vfs://x/w/x.plan.yaml')).toEqual({
		kind: 'unreadable',
		reason: 'no permission',
	});
	const willing = source({ 'switchyard/readFile': { text: 'tasks: []' } });
	expect(await willing.read('', 'vfs://x/w/x.plan.yaml')).toEqual({ kind: 'text', text: 'tasks: []' });
});
