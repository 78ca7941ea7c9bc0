import { afterEach, expect, it, vi } from 'vitest';
import { testEnvironment, userEnvironment, withPath } from '../../../scripts/setup/environment.mjs';

afterEach(() => vi.unstubAllEnvs());

it('a program for the person loses what npm, git hooks and a surrounding VS Code left behind', () => {
	for (const name of [
		'npm_lifecycle_event',
		'npm_config_prefix',
		'GIT_DIR',
		'VSCODE_IPC_HOOK_CLI',
		'NODE_OPTIONS',
	]) {
		vi.stubEnv(name, 'left behind');
	}
	vi.stubEnv('npm_config_registry', 'kept');
	vi.stubEnv('EDITOR', 'kept');
	const environment = userEnvironment({ EXTRA: '1', ABSENT: undefined });
	expect(Object.values(environment)).not.toContain('left behind');
	expect(environment).toMatchObject({ npm_config_registry: 'kept', EDITOR: 'kept', EXTRA: '1' });
	expect(environment).not.toHaveProperty('ABSENT');
});

it('a program under test gets a home of its own and no secrets', () => {
	vi.stubEnv('SOME_API_KEY', 'secret');
	const environment = testEnvironment('/home/of/the/test');
	expect(environment).toMatchObject({ HOME: '/home/of/the/test', PATH: process.env['PATH'] });
	expect(environment).not.toHaveProperty('SOME_API_KEY');
});

it('a folder comes first in PATH', () => {
	expect(withPath({ PATH: '/usr/bin' }, '/tools')['PATH']).toMatch(/^\/tools[:;]\/usr\/bin$/);
});
