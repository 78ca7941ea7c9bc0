import type { Node, YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import { checkFields } from './checkFields.ts';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import type { Check } from './plan.ts';
import { readCommand } from './readCommand.ts';
import type { Entry } from './yamlNodes.ts';

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

function readCheck(context: ReadContext, map: YAMLMap): Check | null {
	const reader = new MapReader(context, map, { table: checkFields, what: 'a check' });
	const command = readCommand(context, reader.entry('run'), reader.value('shell'));
	const judge = reader.entry('agent') ?? reader.entry('approve') ?? reader.entry('persona');
	if (command === null) {
		reportNoCommand(context, reader, judge);
		return null;
	}
	const timeoutMinutes = reader.amount('timeout_minutes');
	return {
		command,
		expectExit: readExpectedExit(context, reader),
		...(timeoutMinutes !== undefined && { timeoutMinutes }),
		range: reader.range,
	};
}

function reportNoCommand(
	context: ReadContext,
	reader: MapReader<typeof checkFields.fields>,
	judge: Entry | undefined,
): void {
	if (judge !== undefined) {
		const who = judge.key === 'approve' ? 'a person' : 'an agent';
		const message = `A check by ${who} is not carried out by this version, and a check that is skipped proves nothing. Use \`run\`.`;
		context.file.report('SY213', reader.range, message);
	} else if (reader.entry('run') === undefined) {
		context.file.report('SY210', reader.range, 'This check runs nothing. Add `run: [npm, test]`.');
	}
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
