import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { checkPlans } from '../../src/cli/checkCommand.ts';
import { problemCodes } from '../../src/core/plan/problemCodes.ts';
import { withFolder } from '../support/withFolder.ts';

const schema = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv as unknown as Parameters<typeof addFormats>[0]);
const validate = ajv.compile(schema);

/** Runs `switchyard check --format sarif` on files, and holds what it prints against the official schema. */
async function check(files: Readonly<Record<string, string>>, { path = '.', checkout = '' } = {}) {
	return await withFolder(files, async (folder) => {
		await mkdir(join(folder, checkout, '.git'));
		let text = '';
		const output = {
			out: (part: string) => {
				text += part;
			},
			hasColours: false,
		};
		const code = await checkPlans(join(folder, path), { format: 'sarif', version: '1.2.3' }, output);
		const log = JSON.parse(text);
		validate(log);
		expect(validate.errors ?? []).toEqual([]);
		return { code, log, run: log.runs[0] };
	});
}

/** `file:line:column-line:column`, ends exclusive. */
function placeOf(location: {
	physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: Record<string, number> };
}): string {
	const { artifactLocation, region } = location.physicalLocation;
	expect(artifactLocation.uriBaseId).toBe('%SRCROOT%');
	return `${artifactLocation.uri}:${region['startLine']}:${region['startColumn']}-${region['endLine']}:${region['endColumn']}`;
}

test('a sound plan gives a log without results', async () => {
	const { code, log, run } = await check({ 'x.plan.yaml': 'tasks: [{id: A, run: [x]}]\n' });
	expect(code).toBe(0);
	expect(log.version).toBe('2.1.0');
	expect(run.results).toEqual([]);
	expect(run.tool.driver).toMatchObject({ name: 'Switchyard', semanticVersion: '1.2.3' });
	expect(run.columnKind).toBe('utf16CodeUnits');
});

test('every code is a rule with help from the documentation', async () => {
	const { run } = await check({ 'x.plan.yaml': 'tasks: [{id: A, run: [x]}]\n' });
	const { rules } = run.tool.driver;
	expect(rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(problemCodes));
	for (const rule of rules) {
		expect(rule.help.text.length).toBeGreaterThan(4);
	}
	expect(rules[0].help.text).toContain('tabs as indentation');
});

test('a result has its rule, level, message and exact region', async () => {
	const { code, run } = await check({ 'x.plan.yaml': 'tasks:\n  - {id: A, run: [x], dependencies: [B]}\n' });
	expect(code).toBe(1);
	expect(run.results).toHaveLength(1);
	const [result] = run.results;
	expect(result).toMatchObject({ ruleId: 'SY302', level: 'error' });
	expect(run.tool.driver.rules[result.ruleIndex].id).toBe('SY302');
	expect(result.message.text).toContain('There is no task `B`');
	expect(result.locations.map(placeOf)).toEqual(['x.plan.yaml:2:38-2:39']);
});

test('a circle is shown with every place, in order', async () => {
	const { run } = await check({
		'docs/planning/tasks/A.yaml': 'id: A\nrun: [x]\ndependencies: [B]\n',
		'docs/planning/tasks/B.yaml': 'id: B\nrun: [x]\ndependencies: [A]\n',
	});
	const [result] = run.results;
	const places = ['docs/planning/tasks/A.yaml:3:16-3:17', 'docs/planning/tasks/B.yaml:3:16-3:17'];
	expect(result.relatedLocations.map(placeOf)).toEqual(places);
	const { locations } = result.codeFlows[0].threadFlows[0];
	expect(
		locations.map(({ location }: { location: Parameters<typeof placeOf>[0] }) => placeOf(location)),
	).toEqual(places);
});

test('hints and warnings have levels of their own, and are no failure', async () => {
	const { code, run } = await check({ 'x.plan.yaml': 'tasks: [{id: A, colour: red}]\n' });
	expect(code).toBe(0);
	expect(run.results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([
		['SY315', 'warning'],
		['SY200', 'note'],
	]);
});

test('places are relative to the checkout, so that a pull request finds them, and encoded as URIs', async () => {
	const files = { 'pläne und mehr/x.plan.yaml': 'tasks: [{id: A, run: [x], dependencies: [A]}]\n' };
	const whole = await check(files, { path: 'pläne und mehr/x.plan.yaml' });
	const [place] = whole.run.results[0].locations;
	expect(place.physicalLocation.artifactLocation.uri).toBe('pl%C3%A4ne%20und%20mehr/x.plan.yaml');
	const inner = await check(files, { path: 'pläne und mehr', checkout: 'pläne und mehr' });
	expect(inner.run.results[0].locations.map(placeOf)).toEqual(['x.plan.yaml:1:42-1:43']);
});
