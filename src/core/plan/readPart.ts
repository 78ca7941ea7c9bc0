import { isMap } from 'yaml';
import { completedTasks } from './completedTasks.ts';
import type { IdGuess } from './guessIds.ts';
import { guessIds, nameAsId } from './guessIds.ts';
import type { ReadContext } from './mapReader.ts';
import { describe } from './mapReader.ts';
import { parseYaml } from './parseYaml.ts';
import type { AgentDefinition, Located, PlanFile, Sprint, Task, Track } from './plan.ts';
import type { PlanFileKind } from './planFiles.ts';
import type { Problem } from './problem.ts';
import type { Content } from './readContent.ts';
import { readContent } from './readContent.ts';
import type { HeaderPart } from './readHeader.ts';
import type { SummaryClaim } from './readSummary.ts';
import { readSummary } from './readSummary.ts';
import { SourceFile } from './sourceFile.ts';
import { YamlNodes } from './yamlNodes.ts';

/**
 * The state of a list that is kept up with edits. Of such a list the last two states are kept and earlier ones are not: no
 * edit of one of 50,000 tasks copies them all.
 */
export interface ListEdition {
	/** The same object for all states of one list. */
	readonly list: object;
	/** Counts the changes. */
	readonly number: number;
	/** Where it may differ from the state before, which is of the same length; null where that is not known. */
	readonly changed: { readonly from: number; readonly to: number } | null;
}

/** What one file adds to a plan. It depends on the file's text alone, so it can be kept until that changes. */
export interface PlanPart {
	readonly uri: string;
	readonly kind: PlanFileKind;
	readonly header: HeaderPart;
	readonly agents: readonly AgentDefinition[];
	/** Names of declared agents, also of those that cannot be run. */
	readonly agentNames: readonly string[];
	readonly tracks: readonly Track[];
	readonly sprints: readonly Sprint[];
	readonly tasks: readonly Task[];
	/** Of tasks that are kept up with edits. */
	readonly taskEdition?: ListEdition;
	/** Figures that a summary states. */
	readonly claims?: readonly SummaryClaim[];
	/** Tasks that a state file calls completed. */
	readonly completed?: readonly Located<string>[];
	/** Where a problem of the file as a whole is shown. */
	readonly start: Task['range'];
	readonly problems: readonly Problem[];
	/** False when something of the file could be missing here. */
	readonly complete: boolean;
	/** Ids that an incomplete file probably holds: a reference to one of them is not called dangling. */
	readonly likelyIds: IdGuess;
}

/** Reads one file of a plan. Never throws. */
export function readPart({ uri, text, fault }: PlanFile, kind: PlanFileKind): PlanPart {
	const file = new SourceFile(uri, kind === 'state' ? trackInfoOf(text) : text);
	if (fault !== undefined) {
		file.report(fault.code, file.range(0, 0), fault.message);
	}
	const isText = fault === undefined && kind !== 'summary';
	const { content, complete } = isText ? readText(file, kind) : { content: {}, complete: kind === 'summary' };
	return {
		uri,
		kind,
		header: {},
		agents: [],
		agentNames: [],
		tracks: [],
		sprints: [],
		tasks: [],
		...content,
		...(kind === 'summary' && { claims: readSummary({ uri, text }) }),
		...(kind === 'state' && { completed: completedTasks(uri, text) }),
		start: file.range(0, 1),
		// The state file is Switchyard's own and is rebuilt from the journal: its faults are nobody's to repair.
		problems: kind === 'state' ? [] : file.problems(),
		complete,
		likelyIds: new Set(complete ? [] : [nameAsId(uri), ...guessIds(file.text)]),
	};
}

function readText(file: SourceFile, kind: PlanFileKind): { content: Content; complete: boolean } {
	const { root, complete } = parseYaml(file);
	try {
		const nodes = new YamlNodes(file, root);
		const context: ReadContext = { file, nodes };
		const map = nodes.resolve(root);
		if (isMap(map)) {
			return { content: readContent(context, map, kind), complete: complete && !nodes.hasBomb };
		}
		if (kind !== 'state') {
			reportRoot(context, { root: map, kind, complete });
		}
		return { content: {}, complete: complete && !nodes.hasBomb };
	} catch (error) {
		// A fault of ours in one file must not take the other files of the plan with it, nor the editor's server.
		const reason = error instanceof Error ? error.message : String(error);
		file.report('SY100', file.range(0, 1), `This file cannot be read: ${reason}. Simplify it and try again.`);
		return { content: {}, complete: false };
	}
}

/** A state file grows with its plan and is written after every task, so that only the part with the tracks is parsed. */
function trackInfoOf(text: string): string {
	return /^parallel_tracks:.*(?:\r?\n(?:[ \t#].*)?)*/m.exec(text)?.[0] ?? '';
}

function reportRoot(
	{ file, nodes }: ReadContext,
	{
		root,
		kind,
		complete,
	}: { readonly root: unknown; readonly kind: PlanFileKind; readonly complete: boolean },
): void {
	const noun = kind === 'prd' ? 'project' : kind === 'header' || kind === 'one-file' ? 'plan' : kind;
	if (root !== null) {
		const message = `A ${noun} is written as fields, one \`name: value\` a line, but this file is ${describe(root)}.`;
		file.report('SY107', nodes.range(root), message);
	} else if (complete && file.problems().length === 0) {
		const example = noun === 'plan' ? '`tasks:`' : noun === 'project' ? '`project:`' : '`id:`';
		const message = `This file is empty. Begin with ${example}, or delete the file.`;
		file.report('SY106', file.range(0, 1), message);
	}
}
