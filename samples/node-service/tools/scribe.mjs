// An agent without a model: reads its prompt from stdin, writes the file that the prompt names, and reports.
// Any program can take its place: put another argument list under `agents:` in the plan.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

async function readPrompt() {
	const chunks = [];
	for await (const chunk of process.stdin) {
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** The Markdown file that the prompt wants written, if it stays below the project. */
function findTarget(prompt) {
	const match = /into `([\w./-]+\.md)`/.exec(prompt);
	return match === null || match[1].startsWith('/') || match[1].includes('..') ? undefined : match[1];
}

function describeField([name, { type, required, maxLength }]) {
	const limit = maxLength === undefined ? '' : `, at most ${maxLength} characters`;
	return `- \`${name}\`: ${type}, ${required ? 'required' : 'optional'}${limit}`;
}

async function loadRoutes() {
	try {
		return (await import('../src/server.mjs')).routes;
	} catch {
		return undefined;
	}
}

function report(status, results, recommendations = []) {
	const folder = process.env.SWITCHYARD_OUT;
	if (folder !== undefined) {
		const body = { status, results, discoveries: [], new_subtasks: [], recommendations };
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'report.json'), `${JSON.stringify(body, null, '\t')}\n`);
	}
}

function fail(reason) {
	console.error(reason);
	report('failed', [reason]);
	process.exitCode = 1;
}

async function main() {
	const prompt = await readPrompt();
	console.log(`Read a prompt of ${prompt.split('\n').length} lines.`);
	const target = findTarget(prompt);
	if (target === undefined) {
		fail('The prompt does not say which file to write: it should say into `NAME.md`.');
		return;
	}
	const routes = await loadRoutes();
	if (routes === undefined) {
		fail('src/server.mjs is not there yet: there are no routes to describe.');
		return;
	}
	const { resource, fields } = JSON.parse(readFileSync('service.json', 'utf8'));
	const text = [
		`# The ${resource} service`,
		'',
		'## Routes',
		'',
		...routes.map(({ method, path, meaning }) => `- \`${method} ${path}\`: ${meaning}`),
		'',
		'## Fields',
		'',
		...Object.entries(fields).map(describeField),
		'',
		'## Example',
		'',
		`    curl --data '{"title": "Milk"}' http://127.0.0.1:8085/${resource}`,
		'',
	].join('\n');
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, text);
	console.log(`Wrote ${target}: ${routes.length} routes, ${Object.keys(fields).length} fields.`);
	report('completed', [`${target} describes ${routes.length} routes`], ['Say how long notes are kept.']);
}

await main();
