import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { repositoryFolder } from '../../../scripts/setup/folders.mjs';

const moduleUrl = pathToFileURL(path.join(repositoryFolder, 'scripts/setup/installOnce.mjs')).href;
let cache: string;

beforeEach(() => {
	cache = mkdtempSync(path.join(tmpdir(), 'switchyard-cache-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

/** Starts a process that installs `tool-1`; the body of the install sees `folder`, and `say` prints a line. */
function start(body: string) {
	const script = `
		import { writeFileSync } from 'node:fs';
		import { installOnce } from '${moduleUrl}';
		const say = (text) => process.stdout.write(text + '\\n');
		await installOnce({ name: 'tool-1', install: async (folder) => { ${body} } });
		say('installed');`;
	const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
		env: { ...process.env, XDG_CACHE_HOME: cache, HOME: cache, LOCALAPPDATA: cache },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		output += chunk;
	});
	return {
		child,
		said: (text: string) =>
			new Promise<void>((resolve) => {
				const look = () => output.includes(text) && resolve();
				child.stdout.on('data', look);
				look();
			}),
		ended: new Promise<void>((resolve) => child.once('close', () => resolve())),
	};
}

const content = () => readdirSync(path.join(cache, 'switchyard')).sort();
const forever = `writeFileSync(folder + '/half', ''); say('begun'); setInterval(() => {}, 1000); await new Promise(() => {});`;

it('installs a tool once, however often it is asked', async () => {
	await start(`writeFileSync(folder + '/file', 'first');`).ended;
	await start(`writeFileSync(folder + '/file', 'second');`).ended;
	expect(content()).toEqual(['tool-1']);
	expect(readFileSync(path.join(cache, 'switchyard/tool-1/file'), 'utf8')).toBe('first');
});

it('leaves nothing when it is interrupted', async () => {
	const { child, said, ended } = start(forever);
	await said('begun');
	child.kill('SIGINT');
	await ended;
	expect(content()).toEqual([]);
});

it('takes away what a killed one left, and installs', async () => {
	const { child, said, ended } = start(forever);
	await said('begun');
	child.kill('SIGKILL');
	await ended;
	expect(content()).toEqual([`tool-1.partial-${child.pid}`]);
	await start(`writeFileSync(folder + '/file', '');`).ended;
	expect(content()).toEqual(['tool-1']);
});

it('lets two run at once and keeps the first that is done', async () => {
	const slow = start(forever);
	await slow.said('begun');
	const quick = start(`writeFileSync(folder + '/file', '');`);
	await quick.said('installed');
	expect(content()).toEqual(['tool-1', `tool-1.partial-${slow.child.pid}`]);
	slow.child.kill('SIGTERM');
	await slow.ended;
	expect(content()).toEqual(['tool-1']);
});
