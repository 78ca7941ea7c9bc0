import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createClient, ServiceError } from '../src/client.mjs';
import { createServer } from '../src/server.mjs';

const server = createServer();
let client;

before(async () => {
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	client = createClient(`http://127.0.0.1:${server.address().port}`);
});

after(() => {
	server.close();
	server.closeAllConnections();
});

test('every route has a function', async () => {
	const { id } = await client.add({ title: 'Milk' });
	assert.deepEqual(await client.get(id), { id, title: 'Milk' });
	assert.deepEqual(await client.replace(id, { title: 'Bread' }), { id, title: 'Bread' });
	assert.deepEqual(await client.list(), [{ id, title: 'Bread' }]);
	await client.remove(id);
	assert.deepEqual(await client.list(), []);
});

test('an error of the service becomes an exception with its reason', async () => {
	await assert.rejects(client.add({}), (error) => {
		assert.ok(error instanceof ServiceError);
		assert.equal(error.status, 400);
		assert.equal(error.message, 'title is missing');
		return true;
	});
});
