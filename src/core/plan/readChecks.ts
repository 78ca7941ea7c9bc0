import type { Node, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import type { AgentCheck, ApprovalCheck, Check, CommandCheck, ReportKind, Reports } from './check.ts';
import { reportKinds } from './check.ts';
import { checkFields } from './checkFields.ts';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import { readCommand } from './readCommand.ts';
import { present, readName, reportOutside } from './readValues.ts';
import { staysInside } from './rootPath.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** Reads `verify`: a list of checks, or one check alone (FORMATS 1.4). What is no check is reported and left out. */
export function readChecks(context: ReadContext, entry: Entry | undefined): Check[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	if (isMap(entry.value)) {
		return presentOnly([readCheck(context, entry.value)]);
	}
	if (!isSeq(entry.value) || isArgv(context, entry.value.items)) {
		const message = `\`${entry.key}\` must be a list of checks, such as [{run: [npm, test]}], not ${describe(entry.value)}${isSeq(entry.value) ? ' of words' : ''}.`;
		const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
		context.file.report('SY202', range, message, { data: { field: entry.key } });
		return [];
	}
	return presentOnly(
		entry.value.items.map((item) => {
			const node = context.nodes.resolve(item);
			if (isMap(node)) {
				return readCheck(context, node);
			}
			const message = `A check is \`run: [npm, test]\`, not ${describe(node)}.`;
			context.file.report('SY202', context.nodes.range(item as Node), message, {
				data: { field: entry.key },
			});
			return null;
		}),
	);
}

type CheckReader = MapReader<typeof checkFields.fields>;

function readCheck(context: ReadContext, map: YAMLMap): Check | null {
	const reader = new MapReader(context, map, { table: checkFields, what: 'a check' });
	const judges = (['run', 'agent', 'persona', 'approve'] as const).filter(
		(name) => reader.entry(name) !== undefined,
	);
	if (judges.includes('run')) {
		reportSecondJudge(context, reader, judges.length > 1);
		return readCommandCheck(context, reader);
	}
	if (judges.includes('approve')) {
		reportSecondJudge(context, reader, judges.length > 1);
		return readApproval(context, reader);
	}
	if (judges.length > 0) {
		return readAgentCheck(context, reader);
	}
	const message = 'This check runs nothing. Add `run: [npm, test]`, `agent: …` or `approve: …`.';
	context.file.report('SY210', reader.range, message);
	return null;
}

function reportSecondJudge(context: ReadContext, reader: CheckReader, isSecond: boolean): void {
	if (isSecond) {
		const message =
			'A check has one judge: a command (`run`), an agent (`agent`, `persona`) or a person (`approve`). Make several checks of it.';
		context.file.report('SY220', reader.range, message);
	}
}

function readCommandCheck(context: ReadContext, reader: CheckReader): CommandCheck | null {
	const command = readCommand(context, reader.entry('run'), reader.value('shell'));
	if (command === null) {
		return null;
	}
	const reports = readReports(context, reader);
	const minCoverage = reader.amount('min_coverage');
	const maxFindings = reader.amount('max_findings', { whole: true });
	const baseline = reader.value('baseline') === true;
	const needs = [
		['min_coverage', minCoverage !== undefined, ['lcov', 'cobertura']],
		['max_findings', maxFindings !== undefined, ['sarif']],
		['baseline', baseline, ['junit', 'sarif']],
	] as const;
	for (const [field, isSet, kinds] of needs) {
		if (isSet && !kinds.some((kind) => reports[kind] !== undefined)) {
			const entry = reader.entry(field);
			const message = `\`${field}\` reads a report, and this check names none. Add \`reports: {${kinds[0]}: path/of/report}\`.`;
			context.file.report('SY221', entry === undefined ? reader.range : reader.rangeOf(entry), message);
		}
	}
	return {
		kind: 'command',
		...present('name', reader.text('name')),
		command,
		expectExit: readExpectedExit(context, reader),
		...present('timeoutMinutes', reader.amount('timeout_minutes')),
		...present('estimateMinutes', reader.amount('estimated_minutes')),
		reports,
		...present('minCoverage', minCoverage),
		...present('maxFindings', maxFindings),
		baseline,
		range: reader.range,
	};
}

function readReports(context: ReadContext, reader: CheckReader): Reports {
	const entry = reader.entry('reports');
	if (entry === undefined || entry.value === null) {
		return {};
	}
	if (!isMap(entry.value)) {
		reader.reportType('reports', entry.valueNode ?? entry.keyNode);
		return {};
	}
	const found: Partial<Record<ReportKind, string>> = {};
	for (const { key, keyNode, value, valueNode } of context.nodes.entries(entry.value)) {
		const kind = reportKinds.find((name) => name === key);
		const pattern = isScalar(value) ? scalarText(value) : '';
		if (kind === undefined || pattern.trim() === '') {
			const message = `\`reports\` knows ${reportKinds.join(', ')}, each with a pattern of files; \`${key}\` is none of them.`;
			context.file.report('SY208', context.nodes.range(keyNode), message);
		} else if (staysInside(pattern)) {
			found[kind] = pattern;
		} else {
			reportOutside(context, valueNode ?? keyNode, { field: `reports.${key}`, path: pattern });
		}
	}
	return found;
}

function readAgentCheck(context: ReadContext, reader: CheckReader): AgentCheck {
	return {
		kind: 'agent',
		...present('name', reader.text('name')),
		...present('agent', readName(context, reader.entry('agent'))),
		persona: reader.text('persona') ?? 'requirements-validator',
		criteria: reader.texts('criteria'),
		...present('timeoutMinutes', reader.amount('timeout_minutes')),
		...present('estimateMinutes', reader.amount('estimated_minutes')),
		range: reader.range,
	};
}

function readApproval(context: ReadContext, reader: CheckReader): ApprovalCheck | null {
	const what = reader.text('approve')?.trim() ?? '';
	if (what === '') {
		const entry = reader.entry('approve');
		const message = '`approve` must say who agrees, or to what: `approve: the layout of the page`.';
		context.file.report('SY202', entry === undefined ? reader.range : reader.rangeOf(entry), message);
		return null;
	}
	return { kind: 'approval', ...present('name', reader.text('name')), what, range: reader.range };
}

function readExpectedExit(context: ReadContext, reader: MapReader<typeof checkFields.fields>): number {
	const expect = reader.entry('expect');
	if (expect === undefined || expect.value === null) {
		return 0;
	}
	const exit = isMap(expect.value)
		? context.nodes.entries(expect.value).find(({ key }) => key === 'exit')?.value
		: undefined;
	const code = isScalar(exit) ? exit.value : undefined;
	if (typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 255) {
		return code;
	}
	const message = '`expect` must be `{exit: number}` with an exit code from 0 to 255.';
	context.file.report('SY202', reader.rangeOf(expect), message, { data: { field: 'expect' } });
	return 0;
}

/** `verify: [npm, test]` is a command where a list of checks belongs: one message says so better than two. */
function isArgv(context: ReadContext, items: readonly unknown[]): boolean {
	return items.length > 0 && items.every((item) => isScalar(context.nodes.resolve(item)));
}

function presentOnly(checks: readonly (Check | null)[]): Check[] {
	return checks.filter((check) => check !== null);
}
