import { XMLParser } from 'fast-xml-parser';
import type { ReportedFailure } from '../../core/run/judgeCheck.ts';

/** What one report adds; all numbers are counted from its test cases, never taken from the sums it states. */
export interface JunitReport {
	readonly tests: {
		readonly total: number;
		readonly passed: number;
		readonly failed: number;
		readonly skipped: number;
	};
	readonly failures: readonly ReportedFailure[];
}

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	parseAttributeValue: false,
	parseTagValue: false,
	isArray: (name) => ['testsuite', 'testcase', 'failure', 'error', 'skipped'].includes(name),
});

type Node = Readonly<Record<string, unknown>>;

/** Reads a JUnit XML file. Throws a sentence where it is none. */
export function parseJunit(text: string): JunitReport {
	const root = parser.parse(text, true) as Node;
	const top = root['testsuites'] ?? root['testsuite'];
	if (top === undefined) {
		throw new Error('it has neither testsuites nor a testsuite');
	}
	const cases = (Array.isArray(top) ? top : [top]).flatMap((node) => casesIn(node));
	const failures: ReportedFailure[] = [];
	let skipped = 0;
	for (const test of cases) {
		const problem = firstOf(test['failure']) ?? firstOf(test['error']);
		if (problem !== undefined) {
			failures.push(failureOf(test, problem));
		} else if (test['skipped'] !== undefined) {
			skipped++;
		}
	}
	const passed = cases.length - failures.length - skipped;
	return { tests: { total: cases.length, passed, failed: failures.length, skipped }, failures };
}

function casesIn(node: unknown): Node[] {
	if (!isNode(node)) {
		return [];
	}
	const own = listOf(node['testcase']).filter(isNode);
	return [...own, ...listOf(node['testsuite']).flatMap(casesIn)];
}

function failureOf(test: Node, problem: unknown): ReportedFailure {
	const [name, group] = [attribute(test, 'name'), attribute(test, 'classname')];
	const said = isNode(problem)
		? attribute(problem, 'message') || String(problem['#text'] ?? '')
		: String(problem ?? '');
	const file = attribute(test, 'file');
	return {
		name: group === '' || group === name ? name : `${group} ${name}`,
		text: said.trim().split('\n')[0]?.trim() ?? '',
		...(file !== '' && { file: file.replaceAll('\\', '/') }),
	};
}

function attribute(node: Node, name: string): string {
	const value = node[`@${name}`];
	return typeof value === 'string' ? value : '';
}

function firstOf(value: unknown): unknown {
	return Array.isArray(value) ? value[0] : value;
}

function listOf(value: unknown): unknown[] {
	return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null;
}
