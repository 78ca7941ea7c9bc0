// node tools/generate.mjs PART: writes one module of the service from service.json.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { client } from './parts/client.mjs';
import { server } from './parts/server.mjs';
import { store } from './parts/store.mjs';
import { validator } from './parts/validator.mjs';

const parts = { validator, store, server, client };

/** Long enough for a person to see the task at work; 0 takes the waiting out. */
const pauseMs = 400 * Number(process.env.SERVICE_PACE ?? '1');

export function readService() {
	return JSON.parse(readFileSync(new URL('../service.json', import.meta.url), 'utf8'));
}

async function main(name) {
	if (!Object.hasOwn(parts, name)) {
		console.error(`There is no part '${name}'. Known parts: ${Object.keys(parts).join(', ')}.`);
		process.exitCode = 1;
		return;
	}
	const text = parts[name](readService());
	console.log(`Writing src/${name}.mjs`);
	for (const [, kind, symbol] of text.matchAll(/^export (function|const|class) (\w+)/gm)) {
		await pause(pauseMs);
		console.log(`  \u001b[32m+\u001b[0m ${kind} ${symbol}`);
	}
	mkdirSync(new URL('../src', import.meta.url), { recursive: true });
	writeFileSync(new URL(`../src/${name}.mjs`, import.meta.url), text);
	console.log(`${text.split('\n').length - 1} lines`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	await main(process.argv[2] ?? '');
}
