import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../support/engineWorkspace.ts';
import { EngineWorkspace } from '../support/engineWorkspace.ts';

let ws: EngineWorkspace;

beforeEach(() => {
	ws = new EngineWorkspace();
});

afterEach(() => ws.dispose());

/** Reviews one language, and says which. */
const reviewerScript = `
cat > /dev/null
echo "judge $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> "$SWITCHYARD_ROOT/log"
case "$SWITCHYARD_LANGUAGE" in python) name=Python ;; typescript) name=TypeScript ;; *) name=Shell ;; esac
echo "{\\"verdict\\": \\"PASS\\", \\"criteria\\": [{\\"criterion\\": \\"$name is plain\\", \\"verdict\\": \\"PASS\\", \\"finding\\": \\"read as $SWITCHYARD_LANGUAGE\\"}]}" > "$SWITCHYARD_OUT/verdict.json"
`;

/** The 18 tasks of seed 004 with its hours: three chains, and four that stand alone. */
function platform(): Task[] {
	const row = (type: string, end: string, chain: string, hours: readonly number[]) =>
		chain.split(' ').map((word, index, all) => {
			const [id, free] = word.split('!');
			return {
				...{ id: `TASK-0${id}`, type, estimated_hours: hours[index] },
				dependencies: free === undefined && index > 0 ? [`TASK-0${all[index - 1]}`] : [],
				produces: [`src/task-${id}.${end}`],
				run: ['sh', '-c', `sh work.sh 0.05 && mkdir -p src && echo x > src/task-${id}.${end}`],
			};
		});
	return [
		...row('backend', 'py', '01 04 08 12 16 06! 18!', [6, 8, 10, 9, 9, 4, 6]),
		...row('frontend', 'ts', '02 05 09 13 17 10!', [6, 6, 8, 9, 9, 6]),
		...row('infrastructure', 'sh', '03 07 11 15 14!', [6, 6, 8, 8, 4]),
	];
}

const shell = (line: string) => ({ run: ['sh', '-c', line] });
const noted = (line = 'true') =>
	shell(`echo "judge $SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $(date +%s%N)" >> log; ${line}`);

/** Writes what its project would: 96 of 100 lines covered, and two tests that pass. */
const measure = [
	'mkdir -p reports',
	'printf \'<testsuite><testcase name="a"/><testcase name="b"/></testsuite>\' > reports/unit.xml',
	"printf 'SF:app.py\\nLF:100\\nLH:96\\nend_of_record\\n' > reports/lcov.info",
].join('; ');

/** The 18 tasks of seed 002 in its six layers, with its minutes. The documentation is an agent's, which nobody checks. */
function api(): Task[] {
	const layers = [
		'setup-project-structure:25 configure-development-environment:30 setup-database-schema:35',
		'implement-user-models:40 implement-product-models:35 implement-cart-models:30 implement-order-models:45',
		'create-user-endpoints:50 create-product-endpoints:45 create-cart-endpoints:40 create-order-endpoints:55',
		'implement-authentication:35 add-input-validation:40 create-error-handling:30',
		'integration-testing:35 api-documentation:25',
		'docker-configuration:20 deployment-validation:25',
	].map((layer) => layer.split(' ').map((each) => each.split(':')));
	return layers.flatMap((layer, index) =>
		layer.map(([id = '', minutes]) => ({
			...{ id, name: id, estimated_minutes: Number(minutes) },
			dependencies: (layers[index - 1] ?? []).map(([before]) => before),
			...(id === 'api-documentation' ? { agent: 'writer' } : {}),
			...(id === 'setup-database-schema'
				? { produces: ['schema.sql'], ...shell('sh work.sh 0.02 && echo x > schema.sql') }
				: {}),
			...(id === 'integration-testing' ? { verify: [{ ...shell('sh work.sh 0'), name: 'e2e' }] } : {}),
		})),
	);
}

describe('G2 and G4: the project review of seed 004 and the summary of seed 002', () => {
	test('seed 004: three terminals run three tracks at once; the review by language starts by itself after the last one', async () => {
		ws.write('reviewer.sh', reviewerScript);
		ws.plan(platform(), {
			plan: { name: 'E-Commerce Platform', strategy: 'tracks' },
			agents: { reviewer: { run: ['sh', 'reviewer.sh'] } },
			gates: [
				{
					...{ set: 'devteam', at: 'project' },
					checks: {
						'code-review': { agent: 'reviewer', criteria: ['{language} is plain'] },
						security: noted(),
					},
				},
			],
		});
		const planned = await ws.cli('plan', '--tracks', '3', '--write');
		expect([planned.code, planned.err]).toEqual([0, '']);
		const terminals = [1, 2, 3].map((track) => ws.start('run', '--track', String(track)));
		const ends = await Promise.all(terminals.map(({ ended }) => ended));
		expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
		const last = ends.map(({ out }) => out.split('\n').at(-2) ?? '');
		expect(last.map((line) => /\d\/\d completed/.exec(line)?.[0])).toEqual([
			...['7/7 completed', '6/6 completed', '5/5 completed'],
		]);
		expect(Object.values(ws.count('end'))).toEqual(platform().map(() => 1));

		// Each sprint of a track begins when the one before has ended, and the review when everything has.
		const order = ws.log.filter(({ kind }) => kind !== 'start').map(({ task }) => task);
		const judged = order.slice(platform().length);
		expect(judged.sort()).toEqual([
			...['python', 'shell', 'typescript'].map((language) => `plan:project:code-review-${language}`),
			'plan:project:security',
		]);
		const table = await ws.table();
		for (const sprint of table.plan.sprints.filter(({ id }) => id.startsWith('SPRINT-002'))) {
			const before = table.plan.sprints.find(({ id }) => id === sprint.id.replace('002', '001'));
			const ended = before?.tasks.map((id) => table.tasks.get(id)?.completedAt ?? Number.NaN) ?? [];
			const begun = sprint.tasks.map((id) => table.tasks.get(id)?.startedAt ?? 0);
			expect(Math.max(...ended)).toBeLessThanOrEqual(Math.min(...begun));
		}

		const [milestone = ''] = readdirSync(join(ws.root, '.work/milestones'));
		const review = ws.read(`.work/milestones/${milestone}/PROJECT-REVIEW.md`);
		for (const text of [
			'## Status\n\n**COMPLETE**',
			'- Python: 7 recorded files',
			'- TypeScript: 6 recorded files',
			'- Shell: 5 recorded files',
			'- performance: not configured',
			'- Tasks: 18/18 completed',
			'- Sprints: 6/6',
		]) {
			expect(review).toContain(text);
		}
		expect(ws.filesBelow(`.work/milestones/${milestone}/project-review`)).toEqual(
			[
				...['python', 'shell', 'typescript'].map((language) => `validation/code-review-${language}.md`),
				'validation/security-audit.md',
			].sort(),
		);
		const code = ws.read(`.work/milestones/${milestone}/project-review/validation/code-review-python.md`);
		expect(code).toContain('| Python is plain | PASS | read as python | check 1 |');
		const summary = ws.read(`.work/milestones/${milestone}/EXECUTION-SUMMARY.md`);
		for (const text of [
			'- **Completed Tasks**: 18/18',
			'- **Code Quality**: 100 % (3 of 3 passed)',
			'- **Security Score**: 100 % (1 of 1 passed)',
			'128 h 0 min estimated',
		]) {
			expect(summary).toContain(text);
		}
	});

	test('seed 002: 18 tasks in six layers with the gates of each; the summary tells what was measured, and nothing else', async () => {
		ws.write(
			'writer.sh',
			'cat > /dev/null; echo \'{"cost_usd": 0.25}\' > "$SWITCHYARD_OUT/report.json"; sh work.sh 0',
		);
		const gate = (name: string, only: readonly number[], checks: object) => ({
			name,
			at: 'layer',
			only,
			checks,
		});
		const tests = { ...shell(measure), reports: { junit: 'reports/unit.xml', lcov: 'reports/lcov.info' } };
		const tdd = [{ ...tests, min_coverage: 85 }];
		ws.plan(api(), {
			plan: { name: 'E-commerce API', strategy: 'hybrid', jobs: 3, gate_level: 'strict' },
			agents: { writer: { run: ['sh', 'writer.sh'] } },
			gates: [
				gate('tdd', [1, 2, 3, 4, 5, 6], tdd),
				gate('security', [4], noted()),
				gate('performance', [5], noted()),
				gate('integration validation', [6], noted()),
			],
		});
		const { code, out } = await ws.cli('run');
		expect([code, out.split('\n').at(-2)]).toEqual([
			0,
			expect.stringContaining('18/18 completed, 6/6 gates passed'),
		]);
		// Each gate stands where the seed has it: after its layer, and before the next one.
		const order = ws.log.filter(({ kind }) => kind !== 'start').map(({ task }) => task);
		const at = (id: string) => order.indexOf(id);
		expect(at('create-error-handling')).toBeLessThan(at('layer:4:security'));
		expect(at('layer:4:security')).toBeLessThan(at('integration-testing'));
		expect(at('layer:5:performance')).toBeLessThan(at('docker-configuration'));
		expect(at('layer:6:integration-validation')).toBe(order.length - 1);

		const [milestone = ''] = readdirSync(join(ws.root, '.work/milestones'));
		const file = `.work/milestones/${milestone}/EXECUTION-SUMMARY.md`;
		const summary = ws.read(file);
		for (const text of [
			/- \*\*Session ID\*\*: `exec-\d{8}-e-commerce-api`/,
			/- \*\*Status\*\*: completed, not everything is verified/,
			/- \*\*Duration\*\*: [\d. smin]+ \(one after another: [\d. smin]+ measured, 10 h 40 min estimated\)/,
			/- \*\*Completed Tasks\*\*: 18\/18/,
			/- \*\*Parallel Efficiency\*\*: \d+ %/,
			/- \*\*Tasks per Minute\*\*: \d+\.\d\d/,
			/- \*\*Quality Score\*\*: 100 %/,
			/- \*\*Agent Utilization\*\*: \d+ %/,
			/- \*\*Time Saved\*\*: /,
			/- \*\*Test Coverage\*\*: 96 %, in the last report/,
			/- \*\*Tests\*\*: 100 % \(6 of 6 passed\)/,
			/- \*\*Security Score\*\*: 100 % \(1 of 1 passed\)/,
			/- \*\*Performance Score\*\*: 100 % \(1 of 1 passed\)/,
			// Nobody measured these: no number stands there.
			/- \*\*Code Quality\*\*: unknown/,
			/- \*\*Documentation\*\*: unknown/,
			/- \*\*Total\*\*: \$0\.25/,
			/- `schema.sql` \(created\)/,
			/None: every file is as it was recorded last\./,
		]) {
			expect(summary).toMatch(text);
		}
		const rows = summary.split('\n').filter((line) => /^\| `[a-z-]+` \|/.test(line));
		expect(rows).toHaveLength(18);
		expect(rows.filter((row) => row.includes('| completed | no |'))).toHaveLength(1);
		expect(ws.exists(`.work/milestones/${milestone}/gates/layer-4/validation/security-audit.md`)).toBe(true);
		// A file that somebody changes afterwards makes the evidence stale.
		ws.write('schema.sql', 'changed by hand');
		expect((await ws.cli('run')).code).toBe(0);
		expect(ws.read(file)).toContain('- setup-database-schema: changed since: `schema.sql`');
	});
});
