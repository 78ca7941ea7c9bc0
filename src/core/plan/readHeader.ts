import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq } from 'yaml';
import { agentFields, defaultsFields, planFields, strategyNames, trackFields } from './headerFields.ts';
import type { ReadContext } from './mapReader.ts';
import { describe, MapReader } from './mapReader.ts';
import { nearest } from './nearest.ts';
import type { AgentDefinition, Located, Track } from './plan.ts';
import type { PlanHeader } from './planHeader.ts';
import { evidenceLayouts, gateLevelNames, replanPolicies, stateFilePlaces } from './planHeader.ts';
import { readChecks } from './readChecks.ts';
import { readCommand } from './readCommand.ts';
import { readMinutes } from './readEstimate.ts';
import { trackNumber } from './readSprint.ts';
import { readTier } from './readSteps.ts';
import { present, readEnvironment, readName, reportOutside } from './readValues.ts';
import { staysInside } from './rootPath.ts';
import type { Entry } from './yamlNodes.ts';
import { scalarText } from './yamlNodes.ts';

/** What one file says about the plan as a whole: any part of a header. */
export type HeaderPart = Partial<PlanHeader>;

/** Reads the mapping under `plan:`. */
export function readPlanFields(context: ReadContext, entry: Entry | undefined): HeaderPart {
	if (entry === undefined || entry.value === null) {
		return {};
	}
	if (isScalar(entry.value)) {
		return { name: scalarText(entry.value) };
	}
	if (!isMap(entry.value)) {
		reportFields(context, entry, 'such as {name: Checkout}');
		return {};
	}
	const reader = new MapReader(context, entry.value, { table: planFields, what: '`plan`' });
	const evidence = reader.text('evidence');
	const evidenceEntry = reader.entry('evidence');
	const inside = evidence === undefined || staysInside(evidence);
	if (!inside && evidenceEntry !== undefined) {
		const node = evidenceEntry.valueNode ?? evidenceEntry.keyNode;
		reportOutside(context, node, { field: 'evidence', path: evidence });
	}
	return {
		...present('name', reader.text('name')),
		...present('strategy', readStrategy(context, reader.entry('strategy'))),
		...present('jobs', reader.amount('jobs', { least: 1, whole: true })),
		...present('evidence', inside ? evidence : undefined),
		...present('gateLevel', readOneOf(context, reader.entry('gate_level'), gateLevelNames)),
		...present('evidenceLayout', readOneOf(context, reader.entry('evidence_layout'), evidenceLayouts)),
		...present('budgetUsd', reader.amount('budget')),
		...present('stateFile', readOneOf(context, reader.entry('state_file'), stateFilePlaces)),
		...present('replan', readOneOf(context, reader.entry('replan'), replanPolicies)),
		...readDefaults(context, reader.entry('defaults')),
	};
}

/** One of a few words; another is reported and left out. */
function readOneOf<T extends string>(
	context: ReadContext,
	entry: Entry | undefined,
	words: readonly T[],
): T | undefined {
	const word = readName(context, entry);
	const found = words.find((each) => each === word?.value);
	if (entry === undefined || word === undefined || found !== undefined) {
		return found;
	}
	const near = nearest(word.value, words);
	const help = near === null ? `Known are ${words.join(', ')}.` : `Did you mean \`${near}\`?`;
	const message = `There is no \`${entry.key}: ${word.value}\`. ${help}`;
	context.file.report('SY208', word.range, message, { data: near === null ? {} : { replacement: near } });
	return undefined;
}

function readStrategy(context: ReadContext, entry: Entry | undefined): Located<string> | undefined {
	const strategy = readName(context, entry);
	if (strategy === undefined || strategyNames.some((name) => name === strategy.value)) {
		return strategy;
	}
	const near = nearest(strategy.value, strategyNames);
	const help = near === null ? `Known are ${strategyNames.join(', ')}.` : `Did you mean \`${near}\`?`;
	const message = `There is no strategy \`${strategy.value}\`. ${help}`;
	context.file.report('SY208', strategy.range, message, { data: near === null ? {} : { replacement: near } });
	return undefined;
}

function readDefaults(context: ReadContext, entry: Entry | undefined): HeaderPart {
	if (entry === undefined || entry.value === null) {
		return {};
	}
	if (!isMap(entry.value)) {
		reportFields(context, entry, 'such as {agent: shell}');
		return {};
	}
	const reader = new MapReader(context, entry.value, { table: defaultsFields, what: '`defaults`' });
	return {
		...present('defaultAgent', readName(context, reader.entry('agent'))),
		defaultVerify: readChecks(context, reader.entry('verify')),
		...present('defaultTimeoutMinutes', reader.amount('timeout_minutes')),
		...present('defaultIterations', reader.amount('iterations', { least: 1, whole: true })),
		...present('defaultRetries', reader.amount('retries', { whole: true })),
		...present('defaultTier', readTier(context, reader.entry('tier'))),
		...present('defaultModel', reader.text('model')),
		...present('defaultStallMinutes', reader.amount('stall_minutes')),
		...present('backoffSeconds', reader.amount('backoff_seconds')),
		...(reader.entry('env') && { defaultEnv: readEnvironment(context, reader.entry('env')) }),
	};
}

/** Reads `agents:`; the names include those whose command cannot be read yet, so that nobody calls them unknown. */
export function readAgents(
	context: ReadContext,
	entry: Entry | undefined,
): { readonly agents: AgentDefinition[]; readonly names: string[] } {
	const agents: AgentDefinition[] = [];
	const names: string[] = [];
	if (entry === undefined || entry.value === null) {
		return { agents, names };
	}
	if (!isMap(entry.value)) {
		reportFields(context, entry, 'such as {reviewer: {run: [program, --flag]}}');
		return { agents, names };
	}
	for (const each of context.nodes.entries(entry.value)) {
		names.push(each.key);
		const agent = readAgent(context, each);
		if (agent !== null) {
			agents.push(agent);
		}
	}
	return { agents, names };
}

function readAgent(context: ReadContext, entry: Entry): AgentDefinition | null {
	const range = context.nodes.range(entry.keyNode);
	if (!isMap(entry.value)) {
		const message = `The agent \`${entry.key}\` needs a program: {run: [program, --flag]}.`;
		context.file.report('SY202', range, message, { data: { field: 'agents' } });
		return null;
	}
	const reader = new MapReader(context, entry.value, { table: agentFields, what: 'an agent' });
	const run = reader.entry('run');
	const base = readName(context, reader.entry('extends'));
	if (run === undefined && base === undefined) {
		const message = `The agent \`${entry.key}\` has no program. Add \`run: [program, --flag]\`, or \`extends: …\`.`;
		context.file.report('SY210', range, message);
		return null;
	}
	const command = run === undefined ? undefined : readCommand(context, run, reader.value('shell') === true);
	if (command === null) {
		return null;
	}
	const args = reader.texts('args');
	return {
		name: entry.key,
		...present('command', command),
		...(args.length > 0 && { args }),
		...present('base', base),
		env: readEnvironment(context, reader.entry('env')),
		...present('model', reader.text('model')),
		...present('fallback', readName(context, reader.entry('fallback'))),
		...readUsageLimit(context, reader),
		range,
	};
}

function readUsageLimit(
	context: ReadContext,
	reader: MapReader<typeof agentFields.fields>,
): Pick<AgentDefinition, 'usageLimit'> {
	const patterns = reader.locatedTexts('usage_limit').filter(({ value, range }) => {
		if (isPattern(value)) {
			return true;
		}
		const message = `\`usage_limit\` must be regular expressions, and "${value.slice(0, 60)}" is none.`;
		context.file.report('SY208', range, message);
		return false;
	});
	return patterns.length === 0 ? {} : { usageLimit: patterns.map(({ value }) => value) };
}

function isPattern(text: string): boolean {
	try {
		return new RegExp(text, 'i') instanceof RegExp;
	} catch {
		return false;
	}
}

/** Reads `tracks:` as a mapping from number to fields or name, or as a list of tracks with numbers. */
export function readTracks(context: ReadContext, entry: Entry | undefined): Track[] {
	if (entry === undefined || entry.value === null) {
		return [];
	}
	if (isMap(entry.value)) {
		const entries = context.nodes.entries(entry.value);
		return entries.map((each) => readTrack(context, each)).filter((track) => track !== null);
	}
	if (isSeq(entry.value)) {
		const maps = entry.value.items.map((item) => context.nodes.resolve(item)).filter((item) => isMap(item));
		return maps.map((map, index) => listedTrack(context, map, index + 1));
	}
	reportFields(context, entry, 'such as {1: {name: Backend}}');
	return [];
}

function readTrack(context: ReadContext, entry: Entry): Track | null {
	const range = context.nodes.range(entry.keyNode);
	const number = trackNumber(entry.key);
	if (number === null) {
		const message = `\`${entry.key}\` is not the number of a track. Write {1: {name: ${entry.key.slice(0, 40)}}}.`;
		context.file.report('SY202', range, message, { data: { field: 'tracks' } });
		return null;
	}
	if (isScalar(entry.value)) {
		return { number, name: scalarText(entry.value), range };
	}
	const reader = isMap(entry.value)
		? new MapReader(context, entry.value, { table: trackFields, what: 'a track' })
		: null;
	const name = reader?.text('name') ?? `Track ${number}`;
	return { number, name, ...(reader && readTrackEstimate(context, reader)), range };
}

function listedTrack(context: ReadContext, map: YAMLMap, place: number): Track {
	const reader = new MapReader(context, map, { table: trackFields, what: 'a track' });
	const number = trackNumber(reader.text('number') ?? '') ?? place;
	const name = reader.text('name') ?? `Track ${number}`;
	return { number, name, ...readTrackEstimate(context, reader), range: reader.range };
}

function readTrackEstimate(
	context: ReadContext,
	reader: MapReader<typeof trackFields.fields>,
): Pick<Track, 'estimate'> {
	const entry = reader.entry('estimated_hours');
	const value = reader.text('estimated_hours');
	if (entry === undefined || value === undefined) {
		return {};
	}
	const range = reader.rangeOf(entry);
	const minutes = readMinutes(context.file, value, { range, key: entry.key, unit: 'h' });
	return minutes === undefined ? {} : { estimate: { value: minutes, range } };
}

function reportFields(context: ReadContext, entry: Entry, example: string): void {
	const message = `\`${entry.key}\` must be fields with values, ${example}, not ${describe(entry.value)}.`;
	const range = context.nodes.range(entry.valueNode ?? entry.keyNode);
	context.file.report('SY202', range, message, { data: { field: entry.key } });
}
