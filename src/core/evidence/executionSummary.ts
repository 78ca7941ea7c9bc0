import type { RunCosts } from '../run/spending.ts';
import { budgetWords, dollars } from '../run/spending.ts';
import { MarkdownText } from './markdownText.ts';
import {
	efficiencyOf,
	measuredFigures,
	mostAtOnce,
	qualityOf,
	sequentialEstimate,
	sprintsDone,
} from './summaryFigures.ts';
import type { SummaryInput } from './summaryInput.ts';
import { synthesisLines } from './synthesis.ts';
import { utc } from './wording.ts';

const unknown = 'unknown';

/**
 * The text of `EXECUTION-SUMMARY.md`: every field of the summaries in seeds 002 and 004 (EXECUTION G4), from measured
 * values only. What nobody measured is "unknown".
 */
export function renderSummary(input: SummaryInput): string {
	const markdown = new MarkdownText(input.secrets);
	const sections: readonly (readonly [string, readonly string[]])[] = [
		['Performance Metrics', performanceLines(input)],
		['Task Results', taskLines(input, markdown)],
		['Gates', gateLines(input, markdown)],
		['Quality Metrics', qualityLines(input)],
		['Cost', costLines(input, markdown)],
		['Deliverables Created', fileLines(input, markdown)],
		['Features Delivered', featureLines(input, markdown)],
		['Final Synthesis', synthesisLines(input.replans, input.tasks, markdown)],
		['Stale Evidence', staleLines(input, markdown)],
		['Open', openLines(input, markdown)],
	];
	return [
		`# Execution Summary: ${markdown.inline(input.plan.name)}`,
		'',
		...headLines(input, markdown),
		'',
		...sections
			.filter(([heading, lines]) => heading !== 'Final Synthesis' || lines.length > 0)
			.flatMap(([heading, lines]) => [`## ${heading}`, '', lines.join('\n').trimEnd(), '']),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

function headLines(input: SummaryInput, markdown: MarkdownText): string[] {
	const { report, plan } = input;
	const { totals } = report;
	const sprints = sprintsDone(input);
	const sequential = sequentialEstimate(input);
	return [
		`- **Session ID**: ${markdown.code(input.run)}`,
		`- **Status**: ${statusOf(input)}`,
		`- **Strategy**: ${markdown.inline(plan.strategy)}, at most ${plan.jobs} at once`,
		`- **Started**: ${utc(report.startedAt)}`,
		`- **Ended**: ${utc(report.endedAt)}`,
		`- **Duration**: ${minutes(report.wallMinutes)} (one after another: ${minutes(report.workMinutes + report.checkMinutes)} measured, ${sequential === null ? unknown : minutes(sequential)} estimated)`,
		`- **Completed Tasks**: ${totals.completed}/${totals.total}`,
		`- **Completed Sprints**: ${sprints.done}/${sprints.total}`,
		`- **Parallel Efficiency**: ${percent(efficiencyOf(input, plan.jobs))}`,
	];
}

function statusOf({ report, gates }: SummaryInput): string {
	const { totals } = report;
	if (totals.failed > 0) {
		return 'failed';
	}
	const open = gates.some(({ status }) => status === 'failed' || status === 'blocked');
	if (totals.completed < totals.total || open) {
		return totals.needPerson > 0 || open ? 'needs a person' : 'not complete';
	}
	return totals.unverified > 0 ? 'completed, not everything is verified' : 'success';
}

function performanceLines(input: SummaryInput): string[] {
	const { report } = input;
	const measured = report.workMinutes + report.checkMinutes;
	const saved = measured - report.wallMinutes;
	const share = measured > 0 ? saved / measured : null;
	const rate = report.wallMinutes > 0 ? report.totals.completed / report.wallMinutes : null;
	return [
		`- **Tasks per Minute**: ${rate === null ? unknown : rate.toFixed(2)}`,
		`- **Quality Score**: ${percent(qualityOf(input))} (tasks whose checks passed at the first attempt, of those with checks)`,
		`- **Agent Utilization**: ${percent(efficiencyOf(input, mostAtOnce(input)))} (of the ${mostAtOnce(input)} that worked at once at most)`,
		`- **Time Saved**: ${measured === 0 ? unknown : `${minutes(saved)} (${percent(share)})`} against one after another, breaks counted as work`,
		`- **Attempts**: ${report.attempts}`,
	];
}

function taskLines({ report }: SummaryInput, markdown: MarkdownText): string[] {
	const rows = report.tasks.map((task) => {
		const verified = task.isUnverified ? 'no' : task.status === 'completed' ? 'yes' : '';
		const ratio = task.ratio === null ? unknown : `${task.ratio.toFixed(2)} ×`;
		const actual = task.actualMinutes === null ? unknown : minutes(task.actualMinutes);
		const estimate = task.estimateMinutes === null ? 'none' : minutes(task.estimateMinutes);
		return `| ${markdown.cell(task.id)} | ${markdown.inline(task.name)} | ${task.status} | ${verified} | ${task.attempts} | ${estimate} | ${actual} | ${ratio} |`;
	});
	return [
		'| task | name | status | verified | attempts | estimate | actual | actual / estimate |',
		'|---|---|---|---|---|---|---|---|',
		...rows,
	];
}

function gateLines({ gates }: SummaryInput, markdown: MarkdownText): string[] {
	if (gates.length === 0) {
		return ['None declared.'];
	}
	const rows = gates.map((gate) => {
		const open = gate.unconfigured.length === 0 ? '' : `not configured: ${gate.unconfigured.join(', ')}`;
		const notes = [gate.reason, open].filter((text) => text !== '').map((text) => markdown.inline(text));
		return `| ${markdown.inline(gate.name)} | ${gate.status} | ${gate.cycle} | ${notes.join(' ')} |`;
	});
	return ['| gate | status | cycles | notes |', '|---|---|---|---|', ...rows];
}

/** Scores of seed 002: the share of the validators of that name which passed, where one was configured and ran. */
function qualityLines(input: SummaryInput): string[] {
	const { gates } = input;
	const figures = measuredFigures(input);
	const units = gates.flatMap((gate) =>
		gate.units.filter((unit) => unit.role === 'validation' && unit.cycle === gate.cycle),
	);
	const score = (slots: readonly string[]) => {
		const ran = units.filter(
			({ slot, status }) =>
				slots.some((name) => slot === name || slot.startsWith(`${name}-`)) &&
				/^(completed|failed)$/.test(status),
		);
		const passed = ran.filter(({ status }) => status === 'completed').length;
		return ran.length === 0 ? unknown : `${percent(passed / ran.length)} (${passed} of ${ran.length} passed)`;
	};
	return [
		`- **Test Coverage**: ${figures.coverage === null ? `${unknown}, no report of it was read` : `${figures.coverage} %, in the last report`}`,
		`- **Tests Run**: ${figures.tests === null ? unknown : `${figures.tests.passed} of ${figures.tests.total} passed, in the last reports of each row`}`,
		`- **Tests**: ${score(['test', 'tdd'])}`,
		`- **Security Score**: ${score(['security'])}`,
		`- **Performance Score**: ${score(['performance'])}`,
		`- **Code Quality**: ${score(['code-quality', 'code-review'])}`,
		`- **Documentation**: ${score(['documentation'])}`,
	];
}

function costLines(input: SummaryInput, markdown: MarkdownText): string[] {
	const { costs, tasks, units, plan, spending } = input;
	const limit = spending === undefined || spending.limitUsd === null ? [] : [budgetLine(spending)];
	if (costs.size === 0) {
		return ['Unknown: no worker reported a cost.', ...(limit.length > 0 ? ['', ...limit] : [])];
	}
	const sum = (ids: readonly string[]) => ids.reduce((total, id) => total + (costs.get(id) ?? 0), 0);
	const byTrack = plan.tracks.map(({ number, name }) => {
		const ids = tasks.filter(({ task }) => task.track === number).map(({ task }) => task.id);
		return `- Track ${number} (${markdown.inline(name)}): ${dollars(sum(ids))}`;
	});
	const rest = tasks.filter(({ task }) => task.track === null).map(({ task }) => task.id);
	const gates = units.map(({ task }) => task.id);
	return [
		...byTrack,
		...(rest.length > 0 ? [`- Without a track: ${dollars(sum(rest))}`] : []),
		`- Gates and repairs: ${dollars(sum(gates))}`,
		`- **Total**: ${dollars([...costs.values()].reduce((total, cost) => total + cost, 0))}, as far as workers reported it`,
		...limit,
	];
}

function budgetLine({ knownUsd, unknown, limitUsd }: RunCosts): string {
	return `- **Budget**: ${budgetWords({ spentUsd: knownUsd, unknown, limitUsd: limitUsd ?? 0 })}`;
}

function fileLines({ records }: SummaryInput, markdown: MarkdownText): string[] {
	const files = records.flatMap((record) =>
		record.files.filter(({ change }) => change === 'created' || change === 'modified'),
	);
	const shown = [...new Map(files.map((file) => [file.path, file])).values()];
	return shown.length === 0
		? ['None recorded: only what `produces` and `touches` name is looked at.']
		: shown.map(({ path, change }) => `- ${markdown.code(path)} (${change})`);
}

/** What is completed and verified is delivered; the rest is only done, or not even that. */
function featureLines({ report }: SummaryInput, markdown: MarkdownText): string[] {
	const delivered = report.tasks.filter(
		({ status, isUnverified }) => status === 'completed' && !isUnverified,
	);
	return delivered.length === 0
		? ['None that is verified.']
		: delivered.map(({ id, name }) => `- ${markdown.inline(name)} (${markdown.inline(id)})`);
}

function staleLines({ stale }: SummaryInput, markdown: MarkdownText): string[] {
	return stale.size === 0
		? ['None: every file is as it was recorded last.']
		: [...stale].map(
				([task, paths]) =>
					`- ${markdown.inline(task)}: changed since: ${paths.map((path) => markdown.code(path)).join(', ')}`,
			);
}

function openLines({ report, gates }: SummaryInput, markdown: MarkdownText): string[] {
	const tasks = report.tasks.filter(({ status }) => status !== 'completed');
	const failed = gates.filter(({ needsPerson }) => needsPerson);
	const lines = [
		...tasks.map(({ id, status, reason }) =>
			`- ${markdown.inline(id)}: ${status}. ${markdown.inline(reason)}`.trimEnd(),
		),
		...failed.map(({ name, reason }) => `- ${markdown.inline(name)}: ${markdown.inline(reason)}`),
	];
	return lines.length === 0 ? ['Nothing.'] : lines;
}

function minutes(value: number): string {
	const total = Math.round(value * 60);
	if (total < 60) {
		return `${(value * 60).toFixed(1)} s`;
	}
	const hours = Math.floor(total / 3600);
	const rest = Math.floor((total % 3600) / 60);
	return hours > 0 ? `${hours} h ${rest} min` : `${rest} min ${total % 60} s`;
}

function percent(share: number | null): string {
	return share === null ? unknown : `${Math.round(100 * share)} %`;
}
