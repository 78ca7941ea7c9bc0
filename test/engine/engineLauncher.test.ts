import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/core/base/ports.ts';
import type { EngineRequest } from '../../src/host/runs/engineLauncher.ts';
import { EngineLauncher, engineArguments, engineEnvironment } from '../../src/host/runs/engineLauncher.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-launcher-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const request: EngineRequest = {
	planPath: folder,
	rootPath: folder,
	scope: { kind: 'sprint', sprint: 'SPRINT-001-01' },
	withDeps: true,
	jobs: 3,
	agentLimit: null,
	agentsFile: null,
	choice: {},
	fresh: false,
};

describe('the engine launcher', () => {
	it('makes the command line of a person in a terminal, with the machine’s limit where one is set (S4)', () => {
		expect(engineArguments(request)).toEqual([
			...['run', '--with-deps', '--jobs', '3', '--face', 'editor'],
			...['--', folder, 'SPRINT-001-01'],
		]);
		const other: EngineRequest = { ...request, withDeps: false, jobs: null, agentsFile: '/a.json' };
		expect(engineArguments({ ...other, scope: { kind: 'task', task: '--new' } })).toEqual([
			...['run', '--task=--new', '--agents-file', '/a.json', '--face', 'editor'],
			...['--', folder],
		]);
		const chosen: EngineRequest = {
			...{ ...request, jobs: null, agentLimit: 2, withDeps: false, scope: { kind: 'all' } },
			...{ choice: { strategy: 'dynamic', agents: 4 }, fresh: true },
		};
		expect(engineArguments(chosen)).toEqual([
			...['run', '--agent-limit', '2', '--strategy', 'dynamic', '--agents', '4', '--new', '--face', 'editor'],
			...['--', folder],
		]);
	});

	it('gives the engine nothing of the extension host', () => {
		const base = { PATH: '/bin', VSCODE_PID: '1', ELECTRON_NO_ASAR: '1', SWITCHYARD_RUN: 'r', HOME: '/h' };
		expect(engineEnvironment(base)).toEqual({ PATH: '/bin', HOME: '/h', ELECTRON_RUN_AS_NODE: '1' });
	});

	it.runIf(process.platform === 'linux')(
		'starts a process of its own session, and tells its end with its last words',
		async () => {
			const cliPath = join(folder, 'cli.cjs');
			writeFileSync(
				cliPath,
				`const { readFileSync, writeFileSync } = require('node:fs');
writeFileSync('session', readFileSync('/proc/self/stat', 'utf8').split(' ')[5] === String(process.pid) ? 'own' : 'shared');
console.error('no such sprint: SPRINT-001-01');
process.exit(2);`,
			);
			const launcher = new EngineLauncher({ cliPath, logFolder: join(folder, 'logs'), logger: silentLogger });
			const engine = await launcher.start(request);
			expect(await engine.ended).toEqual({ code: 2, tail: 'no such sprint: SPRINT-001-01' });
			expect(readFileSync(join(folder, 'session'), 'utf8')).toBe('own');
		},
	);
});
