// node tools/checkHandbook.mjs: does the handbook speak of everything the service has?

import { existsSync, readFileSync } from 'node:fs';

const path = 'docs/handbook.md';

async function findGaps() {
	if (!existsSync(path)) {
		return [`${path} is not there`];
	}
	const text = readFileSync(path, 'utf8');
	const { routes } = await import('../src/server.mjs');
	const { fields } = JSON.parse(readFileSync('service.json', 'utf8'));
	const wanted = [
		...routes.map(({ method, path: route }) => `\`${method} ${route}\``),
		...Object.keys(fields).map((name) => `\`${name}\``),
		...Object.values(fields).flatMap(({ maxLength }) => (maxLength === undefined ? [] : [String(maxLength)])),
	];
	return wanted.filter((item) => !text.includes(item)).map((item) => `${item} is not described`);
}

const gaps = await findGaps();
for (const gap of gaps) {
	console.error(gap);
}
if (gaps.length === 0) {
	console.log(`${path} describes every route and every field.`);
}
process.exitCode = gaps.length === 0 ? 0 : 1;
