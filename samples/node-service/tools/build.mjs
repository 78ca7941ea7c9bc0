// node tools/build.mjs: puts the modules of src/ into one file, dist/service.mjs, that needs nothing beside it.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

// A module comes after those it imports.
const order = ['validator', 'store', 'server', 'client'];

const selfTest = `
if (process.argv.includes('--self-test')) {
	const server = createServer();
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const client = createClient(\`http://127.0.0.1:\${server.address().port}\`);
	const added = await client.add({ title: 'built' });
	const listed = await client.list();
	server.close();
	server.closeAllConnections();
	const answers = listed.length === 1 && listed[0].id === added.id;
	console.log(answers ? 'The built service answers.' : 'The built service does not answer as it should.');
	process.exitCode = answers ? 0 : 1;
} else {
	const server = createServer();
	server.listen(Number(process.argv[2] ?? '8085'), '127.0.0.1');
}
`;

function readModule(name) {
	try {
		return readFileSync(new URL(`../src/${name}.mjs`, import.meta.url), 'utf8');
	} catch {
		return undefined;
	}
}

function build() {
	const missing = order.filter((name) => readModule(name) === undefined);
	if (missing.length > 0) {
		console.error(`Not built: ${missing.map((name) => `src/${name}.mjs`).join(', ')} is not written yet.`);
		process.exitCode = 1;
		return;
	}
	const builtIn = new Set();
	const bodies = order.map((name) => {
		const lines = readModule(name).split('\n');
		for (const line of lines.filter((text) => /^import .* from 'node:/.test(text))) {
			builtIn.add(line);
		}
		const rest = lines.filter((line) => !line.startsWith('import ')).join('\n');
		console.log(`  ${name}: ${Buffer.byteLength(rest)} bytes`);
		return `// ${name}\n${rest.trim()}`;
	});
	const text = `${[...builtIn].join('\n')}\n\n${bodies.join('\n\n')}\n${selfTest}`;
	mkdirSync(new URL('../dist', import.meta.url), { recursive: true });
	writeFileSync(new URL('../dist/service.mjs', import.meta.url), text);
	console.log(`dist/service.mjs: ${Buffer.byteLength(text)} bytes`);
}

build();
