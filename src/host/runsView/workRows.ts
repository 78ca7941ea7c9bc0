import { join } from 'node:path';
import { milestoneFolder } from '../../core/evidence/evidenceNames.ts';
import type { TaskSummary } from '../../core/run/runState.ts';
import type { GateSummary } from '../../core/run/summariseGate.ts';
import type { RunView } from '../../engine/journal/runView.ts';
import type { PlanModel } from '../plans/planModel.ts';
import { planKey } from '../plans/planModel.ts';
import { formatElapsed } from '../tree/formatTime.ts';
import { gateStatusWords } from '../tree/gateWords.ts';
import type { Look } from '../tree/taskLook.ts';
import { isActive, needsYou, taskLook } from '../tree/taskLook.ts';
import { attemptRows } from './attemptRows.ts';
import { reportFiles } from './reportFiles.ts';
import type { RowTexts } from './rowTexts.ts';
import type { RunRow } from './runRow.ts';
import { inStretches } from './runRow.ts';

/** What the rows below a run are made of. */
export interface WorkSource {
	readonly plan: PlanModel;
	readonly view: RunView;
	/** The plan's root folder on disk. */
	readonly rootPath: string;
	/** Only the newest run has terminals, and can be worked on. */
	readonly isNewest: boolean;
	readonly texts: RowTexts;
}

const shield: Look = { icon: 'shield', color: null, words: '' };
const report: Look = { icon: 'markdown', color: null, words: 'report' };

/** Below a run: its gates, its reports, and every task that something happened to, in the order in which it began. */
export function workRows(parent: RunRow, source: WorkSource): readonly RunRow[] {
	return [...gateGroup(parent, source), ...reportGroup(parent, source), ...taskRows(parent, source)];
}

function taskRows(parent: RunRow, source: WorkSource): readonly RunRow[] {
	const { view, texts } = source;
	const names = new Map(view.plan.tasks.map(({ id, name }) => [id, name]));
	const rows = [...view.summaries]
		.filter(
			({ id, status, needsPerson }) => view.attempts(id).length > 0 || status === 'skipped' || needsPerson,
		)
		.sort((a, b) => beganAt(a) - beganAt(b))
		.map((summary) => taskRow(parent, summary, { ...source, name: names.get(summary.id) ?? '' }));
	return inStretches(rows, parent, texts);
}

/** A task that was skipped stands where that was said, and one that only asks comes last. */
function beganAt({ startedAt, endedAt }: TaskSummary): number {
	return startedAt ?? endedAt ?? Number.MAX_SAFE_INTEGER;
}

function taskRow(
	parent: RunRow,
	summary: TaskSummary,
	source: WorkSource & { readonly name: string },
): RunRow {
	const { plan, view, texts, isNewest, name } = source;
	const { id, evidence, startedAt, endedAt, reason } = summary;
	const attempts = view.attempts(id);
	const look = taskLook(summary, false);
	const took =
		startedAt === null || endedAt === null || isActive(summary) ? '' : formatElapsed(endedAt - startedAt);
	const isPlanned = plan.tasks.has(id);
	const row: RunRow = {
		id: `${parent.id}/${id}`,
		// Nobody wrote the ids of gates and their units.
		label: id.includes(':') ? name : name === '' || name === id ? id : `${id} ${name}`,
		description: [
			texts.t(look.words),
			took,
			attempts.length > 1 ? texts.t('{0} attempts', attempts.length) : '',
		]
			.filter((text) => text !== '')
			.join(' · '),
		look,
		detail: [reason, startedAt === null ? '' : texts.time(startedAt)],
		context: [
			'work',
			...(evidence === null ? [] : ['evidence']),
			...(isPlanned ? ['planned'] : []),
			...(isNewest && isPlanned && attempts.length > 0 ? ['terminal'] : []),
		].join(' '),
		target: { plan: planKey(plan.id), task: id },
		runFolder: view.folder,
		...(evidence !== null && { evidence }),
	};
	const task = view.plan.tasks.find((each) => each.id === id) ?? null;
	return attempts.length === 0
		? row
		: { ...row, children: () => attemptRows(row, { attempts, task, id, runFolder: view.folder, texts }) };
}

function gateGroup(parent: RunRow, source: WorkSource): readonly RunRow[] {
	const { view, texts } = source;
	if (view.gates.length === 0) {
		return [];
	}
	const passed = view.gates.filter(({ status }) => status === 'passed').length;
	const group = {
		...{ id: `${parent.id}/?gates`, label: texts.t('Gates'), look: shield, detail: [], context: 'group' },
		description: texts.t('{0} of {1} passed', passed, view.gates.length),
		...{ target: parent.target, runFolder: view.folder },
	};
	return [{ ...group, children: () => view.gates.map((gate) => gateRow(group, gate, source)) }];
}

function gateRow(parent: RunRow, gate: GateSummary, source: WorkSource): RunRow {
	const { texts, view, plan } = source;
	const { id, name, status, cycle, reason, needsPerson, unconfigured, units } = gate;
	const round = cycle > 1 ? ` (${texts.t('cycle {0}', cycle)})` : '';
	const row: RunRow = {
		id: `${parent.id}/${id}`,
		label: name,
		description: `${gateStatusWords(status, texts.t)}${round}`,
		look: needsPerson ? needsYou : gateLook(status),
		detail: [reason, ...unconfigured.map((slot) => `${slot}: ${texts.t('not configured')}`)],
		context: 'work',
		target: { plan: planKey(plan.id), task: id },
		runFolder: view.folder,
	};
	const begun = units.filter(({ status: unit }) => unit !== 'pending');
	const unitRows = () => begun.map((unit) => taskRow(row, unit, { ...source, name: unit.name }));
	return begun.length === 0 ? row : { ...row, children: unitRows };
}

function gateLook(status: GateSummary['status']): Look {
	switch (status) {
		case 'passed':
			return { icon: 'pass-filled', color: 'testing.iconPassed', words: 'passed' };
		case 'failed':
			return { icon: 'error', color: 'testing.iconFailed', words: 'failed' };
		case 'skipped':
			return { icon: 'debug-step-over', color: 'testing.iconSkipped', words: 'skipped' };
		case 'judging':
		case 'repairing':
			return { icon: 'loading~spin', color: 'charts.blue', words: 'running' };
		default:
			return shield;
	}
}

/** The documents that the run left (FORMATS 2.3). In the layout of seed 003 each run writes over the one before. */
function reportGroup(parent: RunRow, { view, rootPath, texts, isNewest }: WorkSource): readonly RunRow[] {
	if (view.plan.evidenceLayout === 'sprints' && !isNewest) {
		return [];
	}
	const folder = milestoneFolder(view.plan, { run: view.run, createdAt: view.createdAt });
	const { target } = parent;
	const group = {
		...{ id: `${parent.id}/?reports`, label: texts.t('Reports'), description: folder, detail: [] },
		...{ look: report, context: 'group', target },
	};
	const rows = async (): Promise<readonly RunRow[]> => {
		const files = await reportFiles(join(rootPath, ...folder.split('/')));
		return files.map((file) => ({
			...{ id: `${group.id}/${file}`, label: file, description: '', look: report, detail: [] },
			...{ context: 'file', target, file: join(rootPath, ...folder.split('/'), ...file.split('/')) },
		}));
	};
	const hasWork = view.plan.tasks.some(({ id }) => view.attempts(id).length > 0);
	return hasWork ? [{ ...group, children: rows }] : [];
}
