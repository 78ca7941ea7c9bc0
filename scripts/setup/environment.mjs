import path from 'node:path';

// What npm, git hooks, Node debuggers and a surrounding VS Code leave in the environment changes what a child does:
// a nested npm would install into the wrong prefix, a nested VS Code would talk to the outer one. PORT and the passwords
// would override what the server is told.
const inherited =
	/^(npm_(?!config_(registry|cafile|userconfig|globalconfig|cache|proxy|https_proxy|noproxy|strict_ssl)$)|NODE_OPTIONS$|NODE_ENV$|NODE_V8_COVERAGE$|VSCODE_|ELECTRON_|GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX)$|INIT_CWD$|VITEST|PORT$|PASSWORD$|HASHED_PASSWORD$|CODE_SERVER_|CS_|SWITCHYARD_(ROOT|RUN|TASK|ATTEMPT|OUT)$)/i;

/**
 * The environment for a child that works for the person at the keyboard: theirs, without what tools left in it.
 * @param {Record<string, string | undefined>} [extra]
 * @returns {Record<string, string>}
 */
export function userEnvironment(extra = {}) {
	const kept = Object.entries(process.env).filter(([name]) => !inherited.test(name));
	return defined({ ...Object.fromEntries(kept), ...extra });
}

const testVariables =
	/^(PATH|LANG|LC_\w+|TZ|TERM|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT|WINDIR|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|CI|SWITCHYARD_LONG|SWITCHYARD_SHOTS)$/i;

/**
 * The environment for a program under test: only what every program needs, and a home of its own, so that a test can
 * neither read nor change what belongs to the person.
 * @param {string} home an existing folder
 * @param {Record<string, string | undefined>} [extra]
 * @returns {Record<string, string>}
 */
export function testEnvironment(home, extra = {}) {
	const kept = Object.entries(process.env).filter(([name]) => testVariables.test(name));
	return defined({ ...Object.fromEntries(kept), HOME: home, USERPROFILE: home, ...extra });
}

/**
 * @param {Record<string, string>} environment
 * @param {string} folder put first in PATH
 */
export function withPath(environment, folder) {
	const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	return { ...environment, [name]: [folder, environment[name]].filter(Boolean).join(path.delimiter) };
}

function defined(variables) {
	return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}
