import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createServer } from '../src/server.mjs';

const server = createServer();
let address = '';

before(async () => {
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
	server.close();
	server.closeAllConnections();
});

async function ask(method, path, body) {
	const response = await fetch(address + path, { method, ...(body === undefined ? {} : { body }) });
	const text = await response.text();
	return [response.status, text === '' ? undefined : JSON.parse(text)];
}

test('a note from its creation to its end', async () => {
	assert.deepEqual(await ask('GET', '/notes'), [200, []]);
	assert.deepEqual(await ask('POST', '/notes', '{"title": "Milk"}'), [201, { id: 1, title: 'Milk' }]);
	assert.deepEqual(await ask('PUT', '/notes/1', '{"title": "Milk", "done": true}'), [
		200,
		{ id: 1, title: 'Milk', done: true },
	]);
	assert.deepEqual(await ask('GET', '/notes/1'), [200, { id: 1, title: 'Milk', done: true }]);
	assert.deepEqual(await ask('DELETE', '/notes/1'), [204, undefined]);
	assert.deepEqual(await ask('GET', '/notes/1'), [404, { error: 'there is no 1' }]);
});

test('what is wrong is told', async () => {
	assert.deepEqual(await ask('POST', '/notes', '{"text": "no title"}'), [400, { error: 'title is missing' }]);
	assert.deepEqual(await ask('POST', '/notes', 'not JSON'), [400, { error: 'a note is an object' }]);
	assert.deepEqual(await ask('PATCH', '/notes'), [405, { error: '/notes allows GET, POST' }]);
	assert.deepEqual(await ask('GET', '/elsewhere'), [404, { error: 'there is nothing at /elsewhere' }]);
});
