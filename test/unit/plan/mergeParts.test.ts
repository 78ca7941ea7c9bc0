import { expect, test } from 'vitest';
import { readFiles } from '../../support/checkPlan.ts';

const task = 'id: A\nrun: ["true"]\n';
const sprint = 'id: S\ntrack: 1\ntasks: [A]\n';

/** Name and tracks of a folder plan with these files. */
function headOf(files: Readonly<Record<string, string>>): unknown {
	const all = { 'docs/planning/tasks/A.yaml': task, 'docs/sprints/S.yaml': sprint, ...files };
	const { plan, problems } = readFiles(all);
	expect(problems).toEqual([]);
	return [plan.header.name, plan.tracks.map(({ number, name }) => `${number} ${name}`)];
}

const prd = { 'docs/planning/PROJECT_PRD.yaml': 'project: {name: From PRD}\n' };
const feature = { 'docs/planning/FEATURE_1_PRD.yaml': 'name: From feature\n' };
const header = {
	'docs/planning/switchyard.yaml': 'plan: {name: From header}\ntracks: {1: {name: Declared}}\n',
};
const state = {
	'docs/planning/.project-state.yaml':
		'version: "1.0"\nparallel_tracks:\n  total_tracks: 1\n\n  track_info:\n    1: {name: Remembered}\n    2: {name: Unused}\ntasks: {broken\n',
};

test('a plan has its name from the header file, then the PRD, then its folder', () => {
	expect(headOf({})).toEqual(['w', ['1 Track 1']]);
	expect(headOf(feature)).toEqual(['From feature', ['1 Track 1']]);
	expect(headOf({ ...feature, ...prd })).toEqual(['From PRD', ['1 Track 1']]);
	expect(headOf({ ...prd, ...header })).toEqual(['From header', ['1 Declared']]);
});

test('a state file, even a broken one, gives names to tracks and nothing else', () => {
	expect(headOf(state)).toEqual(['w', ['1 Remembered']]);
	expect(headOf({ ...state, ...header })).toEqual(['From header', ['1 Declared']]);
	expect(headOf({ 'docs/planning/.project-state.yaml': ': [\0' })).toEqual(['w', ['1 Track 1']]);
});

test('tracks may be a mapping of names or a list', () => {
	const tracks = (text: string) =>
		readFiles({ 'x.plan.yaml': text }).plan.tracks.map(({ number, name }) => [number, name]);
	expect(tracks('tracks: {2: Frontend, 01: {name: Backend}}')).toEqual([
		[1, 'Backend'],
		[2, 'Frontend'],
	]);
	expect(tracks('tracks: [{name: Backend}, {number: 5, name: Five}]')).toEqual([
		[1, 'Backend'],
		[5, 'Five'],
	]);
});

test('one task file may hold several tasks', () => {
	const { plan } = readFiles({
		'docs/planning/tasks/all.yaml': 'tasks:\n  - {id: A, run: [x]}\n  - {id: B, run: [x]}\n',
	});
	expect(plan.tasks.map(({ id }) => id)).toEqual(['A', 'B']);
});
