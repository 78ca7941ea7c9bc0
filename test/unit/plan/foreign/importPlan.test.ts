import { expect, test } from 'vitest';
import { detectForeign } from '../../../../src/core/plan/foreign/detectForeign.ts';
import { importState } from '../../../../src/core/plan/foreign/importMark.ts';
import { importFileName } from '../../../../src/core/plan/foreign/importName.ts';
import type { ImportPreview } from '../../../../src/core/plan/foreign/importPlan.ts';
import { importPlan } from '../../../../src/core/plan/foreign/importPlan.ts';
import { readInPlace } from '../../../../src/core/plan/foreign/readInPlace.ts';
import { readPlan } from '../../../../src/core/plan/readPlan.ts';
import { foreignFixture, foreignFixtures } from '../../../support/foreignFixture.ts';

function imported(name: string): ImportPreview {
	const file = foreignFixture(name);
	return importPlan(detectForeign(name, file.text) ?? 'orca', [file]);
}

function reread({ yaml }: ImportPreview) {
	return readPlan({ rootUri: 'file:///w', key: 'x' }, [{ uri: 'file:///w/x.plan.yaml', text: yaml }]);
}

test.each(foreignFixtures)(
	'%s becomes a plan without errors but its own circles, the same every time',
	(name) => {
		const preview = imported(name);
		expect(preview.tasks).toBeGreaterThan(0);
		expect(imported(name).yaml).toBe(preview.yaml);
		const { plan, problems } = reread(preview);
		const circles = preview.repairs.filter(({ kind }) => kind === 'cycle').map(() => 'SY304');
		expect(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(circles);
		expect(plan.tasks).toHaveLength(preview.tasks);
		expect(plan.tasks.reduce((sum, task) => sum + task.dependencies.length, 0)).toBe(preview.dependencies);
	},
);

test('what was repaired is said, and kept under notes', () => {
	const preview = imported('tasks-flat.json');
	expect(preview.repairs.map(({ kind, range }) => `${kind} ${range.start.line + 1}`)).toEqual([
		'duplicate-id 9',
		'dangling-dependency 4',
		'self-dependency 4',
		'dangling-dependency 6',
	]);
	const ids = reread(preview).plan.tasks.map(({ id, dependencies }) => [
		id,
		...dependencies.map(({ value }) => value),
	]);
	expect(ids).toEqual([
		['1'],
		['2', '1', '2.1', '2.2', '2.3'],
		['2.1', '1'],
		['2.2', '2.1'],
		['2.3', '2.2'],
		['2-2'],
	]);
	expect(preview.yaml).toContain('missing_dependencies:');
});

test('a subtask that waits for its own task is a circle: kept and reported', () => {
	const preview = imported('tasks-tagged.json');
	expect(preview.repairs.map(({ kind }) => kind)).toEqual(['cycle']);
	expect(
		reread(preview)
			.problems.filter(({ severity }) => severity === 'error')
			.map(({ code }) => code),
	).toEqual(['SY304']);
});

test('both of two tasks with one id stay in their groups', () => {
	const { plan } = reread(imported('speckit.md'));
	expect(plan.sprints.map(({ tasks }) => tasks.map(({ value }) => value))).toEqual([
		['T001', 'T002', 'T003', 'T004'],
		['T005', 'T005a', 'T005-2'],
	]);
});

test('deleted issues are left out', () => {
	const preview = imported('issues.jsonl');
	expect(preview.repairs.map(({ kind }) => kind)).toEqual(['deleted']);
	expect(reread(preview).plan.tasks.map(({ id }) => id)).toEqual(['w-1', 'w-2', 'w-9']);
});

test('an id that no folder could have is replaced', () => {
	const text =
		'{"tasks": [{"id": "a/b", "title": "x"}, {"id": "CON", "title": "y", "dependencies": ["a/b"]}]}';
	const preview = importPlan('taskmaster', [{ uri: 'file:///w/t.json', text }]);
	const { plan, problems } = reread(preview);
	expect(plan.tasks.map(({ id, dependencies }) => [id, ...dependencies.map(({ value }) => value)])).toEqual([
		['a-b'],
		['task-con', 'a-b'],
	]);
	expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('whether a hand changed an imported plan is seen, whatever its line ends', () => {
	const { yaml } = imported('persona.md');
	expect(importState(yaml)).toBe('imported');
	expect(importState(yaml.replaceAll('\n', '\r\n'))).toBe('imported');
	expect(importState(yaml.replace('Chart', 'Map'))).toBe('edited');
	expect(importState(yaml.split('\n').slice(1).join('\n'))).toBe('own');
});

test.each([
	['/w/app/.taskmaster/tasks/tasks.json', 'app.plan.yaml'],
	['/w/app/specs/001-core/tasks.md', '001-core.plan.yaml'],
	['C:\\w\\My App\\docs\\plan.md', 'my-app.plan.yaml'],
	['/w/ui-overhaul.json', 'ui-overhaul.plan.yaml'],
	['/tasks.json', 'orca.plan.yaml'],
])('%s is imported as %s', (path, name) => {
	expect(importFileName(path, 'orca')).toBe(name);
});

test('checked in place, problems stand where the other tool wrote them', () => {
	const { plan, problems } = readInPlace({ rootUri: 'file:///w', key: 'tasks' }, [
		foreignFixture('tasks-flat.json'),
	]);
	expect(plan.tasks).toHaveLength(5);
	const errors = problems.filter(({ severity }) => severity === 'error');
	expect(errors.map(({ code, range }) => `${code} ${range.start.line + 1}`).sort()).toEqual([
		'SY300 4',
		'SY300 9',
		'SY302 4',
		'SY302 6',
		'SY303 4',
	]);
});
