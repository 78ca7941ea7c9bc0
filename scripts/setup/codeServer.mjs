import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { userEnvironment, withPath } from './environment.mjs';
import { installOnce, isInstalled } from './installOnce.mjs';
import { ensureNode24 } from './node24.mjs';
import { findNpmCli, findProgram, runProgram } from './runProgram.mjs';
import { SetupError } from './setupError.mjs';
import { ensureSystemPackages } from './systemPackages.mjs';

const version = '4.139.1';
const name = `code-server-${version}`;

/**
 * The real VS Code (workbench, extension host, terminals, webviews) on Node, served to a browser on loopback.
 * @returns {Promise<{node: string, entry: string, version: string}>} run as `node entry …`
 */
export async function ensureCodeServer() {
	if (process.platform === 'win32') {
		throw new SetupError(
			'the browser-served VS Code does not run on Windows',
			'Install desktop VS Code instead',
		);
	}
	await ensureSystemPackages(codeServerRequirements());
	const node24 = await ensureNode24();
	const folder = await installOnce({
		name,
		note: 'about 80 s and 620 MB, once',
		install: (partial) => installCodeServer(partial, node24),
	});
	return {
		node: node24.node,
		entry: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
		version,
	};
}

/**
 * What its native modules are built with; nothing, once they are built.
 * @returns {import('./systemPackages.mjs').SystemPackage[]}
 */
export function codeServerRequirements() {
	if (isInstalled(name)) {
		return [];
	}
	const purpose = 'to build the browser-served VS Code, which is used where desktop VS Code is not installed';
	return [
		{ purpose, debian: 'g++', isThere: () => findProgram(['g++', 'c++', 'clang++']) !== undefined },
		{ purpose, debian: 'make', isThere: () => findProgram(['make']) !== undefined },
		{ purpose, debian: 'python3', isThere: () => findProgram(['python3']) !== undefined },
		{ purpose, debian: 'libkrb5-dev', isThere: hasKerberosHeaders },
	];
}

function hasKerberosHeaders() {
	const places = ['/usr/include', '/usr/local/include', '/usr/include/mit-krb5'];
	return process.platform === 'darwin' || places.some((place) => existsSync(`${place}/gssapi/gssapi.h`));
}

async function installCodeServer(folder, { node, root }) {
	const npmCli = findNpmCli();
	const environment = {
		...userEnvironment(),
		// Its install scripts build the native modules and fetch the dependencies of VS Code itself. Npm 11 and later want
		// to be told that they may run; older ones run them and do not know the setting.
		npm_config_dangerously_allow_all_scripts: 'true',
		// The headers that came with this Node: no download, and none of another version that lie about on the machine.
		npm_config_nodedir: root,
		npm_package_config_node_gyp_nodedir: root,
		npm_config_update_notifier: 'false',
	};
	await runProgram(
		node,
		[
			npmCli,
			'install',
			'--prefix',
			folder,
			'--no-audit',
			'--no-fund',
			'--no-package-lock',
			`code-server@${version}`,
		],
		{
			cwd: folder,
			env: withPath(environment, makeToolFolder(folder, { node, npmCli })),
			what: `npm install code-server@${version}`,
			remedy:
				'It builds native modules: a C++ compiler, make, python3 and the Kerberos headers must be there',
		},
	);
}

/** A folder for PATH where `node` and `npm` mean this Node, also where a version manager puts shims in front of them. */
function makeToolFolder(folder, { node, npmCli }) {
	const tools = path.join(folder, 'tools');
	mkdirSync(tools);
	symlinkSync(node, path.join(tools, 'node'));
	writeFileSync(path.join(tools, 'npm'), `#!/bin/sh\nexec '${node}' '${npmCli}' "$@"\n`);
	chmodSync(path.join(tools, 'npm'), 0o755);
	return tools;
}
