import { expect, test } from 'vitest';
import { EditorFileSource } from '../../../src/server/editorFileSource.ts';

/** A source whose editor answers requests by method. */
function source(answers: Readonly<Record<string, unknown>>): EditorFileSource {
	const sendRequest = (type: unknown) => {
		const answer = answers[(type as { method: string }).method];
		return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
	};
	return new EditorFileSource({ sendRequest } as unknown as ConstructorParameters<
		typeof EditorFileSource
	>[0]);
}

test('what the editor finds is kept when it is a planning file of the folder', async () => {
	const found = [
		'vfs://x/w/docs/planning/tasks/B%20b.yaml',
		'vfs://x/w/docs/planning/tasks/A.yaml',
		'vfs://x/w/.work/x.plan.yaml',
		'vfs://x/w/other.yaml',
		'vfs://x/elsewhere/x.plan.yaml',
	];
	const search = await source({ 'switchyard/findFiles': found }).search('vfs://x/w');
	expect(search).toEqual({
		paths: ['docs/planning/tasks/A.yaml', 'docs/planning/tasks/B b.yaml'],
		problems: [],
	});
});

test('what the editor cannot do is said, not thrown', async () => {
	const failing = source({
		'switchyard/findFiles': new Error('gone'),
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
