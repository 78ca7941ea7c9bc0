import type { Node } from 'yaml';
import { isScalar, isSeq } from 'yaml';
import type { ReadContext } from './mapReader.ts';
import { describe } from './mapReader.ts';
import type { Command } from './plan.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/**
 * Reads `run`: a list is an argument list, text is one line for the platform's shell and needs `shell: true` beside it.
 * Null when there is none that could be started (then reported).
 */
export function readCommand(
	context: ReadContext,
	entry: Entry | undefined,
	shell: boolean | undefined,
): Command | null {
	if (entry === undefined) {
		return null;
	}
	const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
	if (isSeq(entry.value)) {
		const argv = readArgv(context, entry.value.items, entry.key);
		if (argv.length > 0 && argv[0]?.trim() !== '') {
			return { kind: 'argv', argv };
		}
	} else if (isScalar(entry.value)) {
		const line = scalarText(entry.value);
		if (line.trim() !== '') {
			return readLine(context, entry, { line, shell });
		}
	} else if (entry.value !== null) {
		const message = `\`${entry.key}\` must be a list: program and arguments, not ${describe(entry.value)}.`;
		context.file.report('SY202', range, message, { data: { field: entry.key } });
		return null;
	}
	const message = `\`${entry.key}\` names no program. Write a list: [npm, test].`;
	context.file.report('SY210', range, message);
	return null;
}

function readLine(
	context: ReadContext,
	entry: Entry,
	{ line, shell }: { readonly line: string; readonly shell: boolean | undefined },
): Command {
	if (shell !== true) {
		const argv = splitWords(line);
		const list = argv === null ? 'a list of program and arguments' : `a list: [${argv.join(', ')}]`;
		const message = `\`${entry.key}\` is one line of text. Write ${list}, or add \`shell: true\` to give the line to the shell.`;
		const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
		context.file.report('SY206', range, message, {
			data: { line, separator: separatorAfter(context, entry), ...(argv && { argv }) },
		});
	}
	return { kind: 'shell', line };
}

/** What stands between this field and one that a quick fix adds after it. */
function separatorAfter(context: ReadContext, entry: Entry): string {
	return entry.inFlow ? ', ' : `\n${' '.repeat(context.nodes.range(entry.keyNode).start.character)}`;
}

function readArgv(context: ReadContext, items: readonly unknown[], key: string): string[] {
	const argv: string[] = [];
	for (const item of items) {
		const node = context.nodes.resolve(item);
		if (isScalar(node)) {
			argv.push(scalarText(node));
		} else {
			const message = `An argument of \`${key}\` must be text, not ${describe(node)}. Put it in quotes.`;
			context.file.report('SY202', context.nodes.range(item as Node), message, { data: { field: key } });
		}
	}
	return argv;
}

/** The words of a line that no shell would change; null when quotes, variables or operators give it a meaning. */
export function splitWords(line: string): string[] | null {
	return /[^\w\s./:=@%+,-]/.test(line) ? null : line.trim().split(/\s+/);
}
