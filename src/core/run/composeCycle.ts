import picomatch from 'picomatch';
import type { CycleOpened } from './events.ts';
import { isRefused } from './findings.ts';
import type { GateEntry } from './gateTable.ts';
import type { GateFix } from './runGate.ts';
import type { RunCheck } from './runPlan.ts';
import type { CheckState, TaskState } from './runState.ts';
import { isSatisfied } from './runState.ts';
import type { RunTable } from './runTable.ts';

/** What one unit of a gate found, as a sentence that names it. */
export interface GateFinding {
	/** Name of the unit. */
	readonly by: string;
	readonly text: string;
}

/** Who opens it, and the end of what a failed job printed: without colours and secrets. */
export interface ComposeOptions {
	readonly engine: string;
	readonly outputOf?: OutputOf | undefined;
}

type OutputOf = (task: string, attempt: number, check: number | undefined) => string;

/**
 * The cycle that is due for a gate: one repair for each owner of a finding (G1). Null where none is due. Every engine
 * composes the same from the same run; the fold takes the first.
 */
export function composeCycle(
	table: RunTable,
	gateId: string,
	{ engine, outputOf }: ComposeOptions,
): CycleOpened | null {
	const entry = table.gates.get(gateId);
	if (entry === undefined || !table.gates.due.has(gateId)) {
		return null;
	}
	const cycle = entry.cycle + 1;
	const fixes = entry.fresh ? [] : repairsOf(table, entry, { cycle, outputOf });
	return { kind: 'cycle-opened', engine, gate: gateId, cycle, fixes };
}

/** What the bad verdicts of a gate's cycle say, in the order of its units. What only advises is not repaired. */
function findingsOf(table: RunTable, entry: GateEntry, outputOf: OutputOf): readonly GateFinding[] {
	return entry.units
		.flatMap((id) => table.tasks.get(id) ?? [])
		.filter((unit) => unit.status === 'failed' && !isSatisfied(unit) && unit.task.unit?.role !== 'after')
		.flatMap((unit) => unitFindings(unit, outputOf));
}

function unitFindings({ task, reason, attempts }: TaskState, outputOf: OutputOf): GateFinding[] {
	const last = attempts.at(-1);
	const failed = last?.checks.filter(isRefused) ?? [];
	// What a report or a validator says names files and lines; else the end of what was printed has to do.
	const isReported = ({ index, findings }: CheckState) => findings.length > 0 && !isPlain(task.checks[index]);
	const reported = failed.filter(isReported).flatMap(({ findings }) => findings);
	const unreported = failed.filter((check) => !isReported(check));
	const facts =
		failed.length > 0
			? unreported.map((check) => ({ text: check.reason, check: check.index }))
			: [{ text: reason, check: undefined }];
	const found = reported.map(({ text, file }) => ({
		by: task.name,
		text: file === undefined || text.includes(file) ? text : `${file}: ${text}`,
	}));
	const printedFacts = facts.map(({ text, check }) => {
		const printed = last === undefined ? '' : outputOf(task.id, last.number, check);
		const said = text === '' ? 'It failed and did not say why.' : text;
		return { by: task.name, text: printed === '' ? said : `${said} It printed: ${printed}` };
	});
	return [...found, ...printedFacts];
}

/** A command of which only the exit code and what it printed are known. */
function isPlain(check: RunCheck | undefined): boolean {
	return (
		check === undefined ||
		(check.kind !== 'agent' && check.kind !== 'approval' && check.reports === undefined)
	);
}

function repairsOf(
	table: RunTable,
	entry: GateEntry,
	{ cycle, outputOf = () => '' }: { readonly cycle: number; readonly outputOf?: OutputOf | undefined },
): GateFix[] {
	const byOwner = new Map<string, string[]>();
	for (const { by, text } of findingsOf(table, entry, outputOf)) {
		const owner = ownerOf(table, entry, text);
		const list = byOwner.get(owner) ?? [];
		list.push(`${by}: ${text}`);
		byOwner.set(owner, list);
	}
	const base = `TASK-FIX-${scopeName(entry)}-${cycle - 1}`;
	let n = 0;
	return [...byOwner].map(([owner, findings]) => {
		do {
			n++;
		} while (table.tasks.has(`${base}-${n}`));
		return { id: `${base}-${n}`, owner, findings };
	});
}

/** The sprint, else what the gate stands at: `layer-4`, `track-1`, `project`. */
function scopeName({ gate }: GateEntry): string {
	return (
		gate.sprint ??
		gate.id
			.slice(0, -':gate'.length)
			.replace(/^plan:/, '')
			.replaceAll(':', '-')
	);
}

/**
 * Who repairs: the task that the finding names, else the one whose `touches` or `produces` match a file in it, else the
 * last of the gate's tasks in plan order. Only tasks that agents do are asked.
 */
function ownerOf(table: RunTable, { gate }: GateEntry, text: string): string {
	const owners = gate.owners.flatMap((id) => table.definitionOf(id) ?? []);
	const named = owners.find(({ id }) => new RegExp(`(?<![\\w-])${literal(id)}(?![\\w-])`).test(text));
	if (named !== undefined) {
		return named.id;
	}
	const words = text.split(/[\s'"`()[\]{},;:]+/).filter((word) => /[./]/.test(word));
	const matching = owners.find(({ touches, produces }) => {
		const patterns = [...touches, ...produces];
		const matches = picomatch(patterns, { dot: true });
		return patterns.length > 0 && words.some((word) => matches(word));
	});
	return (matching ?? owners.at(-1))?.id ?? '';
}

function literal(text: string): string {
	return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
