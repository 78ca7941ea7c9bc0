/** An HTTP server over the store, with the routes as data so that others can read them. */
export function server({ resource }) {
	return `// Written by tools/generate.mjs from service.json.

import { createServer as createHttpServer } from 'node:http';
import { NoteStore } from './store.mjs';
import { findProblems } from './validator.mjs';

const longestBody = 65536;

/** What the service answers, for documents and clients. */
export const routes = [
	{ method: 'GET', path: '/${resource}', meaning: 'all ${resource}' },
	{ method: 'POST', path: '/${resource}', meaning: 'a new one' },
	{ method: 'GET', path: '/${resource}/:id', meaning: 'one of them' },
	{ method: 'PUT', path: '/${resource}/:id', meaning: 'a changed one' },
	{ method: 'DELETE', path: '/${resource}/:id', meaning: 'one less' },
];

/** The answer to one request as \`{status, body}\`; \`body\` is undefined where there is nothing to say. */
export function answer(store, { method, path, note }) {
	const match = /^\\/${resource}(?:\\/(\\d+))?$/.exec(path);
	if (match === null) {
		return { status: 404, body: { error: \`there is nothing at \${path}\` } };
	}
	const id = match[1] === undefined ? undefined : Number(match[1]);
	const allowed = id === undefined ? ['GET', 'POST'] : ['GET', 'PUT', 'DELETE'];
	if (!allowed.includes(method)) {
		return { status: 405, body: { error: \`\${path} allows \${allowed.join(', ')}\` } };
	}
	if (id !== undefined && store.get(id) === undefined) {
		return { status: 404, body: { error: \`there is no \${id}\` } };
	}
	if (method === 'POST' || method === 'PUT') {
		const problems = findProblems(note);
		if (problems.length > 0) {
			return { status: 400, body: { error: problems.join(', ') } };
		}
		return id === undefined
			? { status: 201, body: store.add(note) }
			: { status: 200, body: store.replace(id, note) };
	}
	if (method === 'DELETE') {
		store.remove(id);
		return { status: 204, body: undefined };
	}
	return { status: 200, body: id === undefined ? store.list() : store.get(id) };
}

async function readBody(request) {
	const chunks = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > longestBody) {
			return undefined;
		}
		chunks.push(chunk);
	}
	try {
		return JSON.parse(Buffer.concat(chunks).toString('utf8'));
	} catch {
		return undefined;
	}
}

/** A server that is not listening yet, with a store of its own. */
export function createServer(store = new NoteStore()) {
	return createHttpServer(async (request, response) => {
		const note = request.method === 'POST' || request.method === 'PUT' ? await readBody(request) : undefined;
		const { pathname } = new URL(request.url ?? '/', 'http://service');
		const { status, body } = answer(store, { method: request.method, path: pathname, note: note ?? null });
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(body === undefined ? undefined : JSON.stringify(body));
	});
}
`;
}
