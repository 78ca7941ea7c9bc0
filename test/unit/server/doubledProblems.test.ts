import { afterEach, expect, test, vi } from 'vitest';
import { withoutDoubled } from '../../../src/server/doubledProblems.ts';
import { MemoryFiles } from '../../support/memoryFiles.ts';
import { PlanClient } from '../../support/planClient.ts';

vi.setConfig({ testTimeout: 60_000 });

const clients: PlanClient[] = [];
afterEach(() => {
	for (const client of clients.splice(0)) {
		client.dispose();
	}
});

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

/** What is left of diagnostics with these codes, as errors, in a file. */
function check(path: string, codes: readonly string[], endings: readonly string[]): string[] {
	const diagnostics = codes.map((code) => ({ code, range, message: code, severity: 1 as const }));
	const left = withoutDoubled({ uri: `file:///w/${path}`, diagnostics }, endings).diagnostics;
	return left.map(({ code, severity }) => (severity === 1 ? String(code) : `${code} as a hint`));
}

const codes = ['SY100', 'SY202', 'SY203', 'SY204', 'SY201', 'SY302'];

test.each([
	['docs/planning/tasks/A.yaml', [], codes],
	['docs/planning/tasks/A.json', ['.yaml', '.yml'], codes],
	['docs/planning/tasks/A.yaml', ['.yaml'], ['SY204 as a hint', 'SY201', 'SY302']],
	['docs/planning/tasks/A.json', ['.json'], ['SY204 as a hint', 'SY201', 'SY302']],
	['docs/sprints/S.yaml', ['.yaml'], ['SY204 as a hint', 'SY201', 'SY302']],
	['x.plan.yaml', ['.yaml'], ['SY204 as a hint', 'SY201', 'SY302']],
	// These have no schema of ours in the manifest, so that nobody else says what is wrong with their values.
	['plan.yaml', ['.yaml'], ['SY202', 'SY203', 'SY204', 'SY201', 'SY302']],
	['docs/planning/PROJECT_PRD.yaml', ['.yaml'], ['SY202', 'SY203', 'SY204', 'SY201', 'SY302']],
] as const)('%s with %j checked elsewhere', (path, endings, left) => {
	expect(check(path, codes, endings)).toEqual(left);
});

test('a client that says who else checks YAML is told only what nobody else says, and counts all the same', async () => {
	const uri = 'file:///w/a.plan.yaml';
	const files = new MemoryFiles({ [uri]: 'tasks: [{id: A, name: [x], dependencies: [B], retries: x}]\n' });
	const client = await PlanClient.open(files, ['file:///w'], { validatedElsewhere: ['.yaml'] });
	clients.push(client);
	expect(client.codes(uri).sort()).toEqual(['SY302', 'SY315']);
	expect(client.updates.at(-1)).toMatchObject({ errors: 2 });
});

test('anything else that a client sends means nothing', async () => {
	const uri = 'file:///w/a.plan.yaml';
	const files = new MemoryFiles({ [uri]: 'tasks: [{name: x}]\n' });
	const client = await PlanClient.open(files, ['file:///w'], { validatedElsewhere: 'yaml' });
	clients.push(client);
	expect(client.codes(uri)).toEqual(['SY203']);
});
