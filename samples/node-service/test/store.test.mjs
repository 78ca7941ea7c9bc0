import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoteStore } from '../src/store.mjs';

test('what was put in comes out', () => {
	const store = new NoteStore();
	assert.deepEqual(store.add({ title: 'Milk' }), { id: 1, title: 'Milk' });
	assert.deepEqual(store.list(), [{ id: 1, title: 'Milk' }]);
});

test('nobody changes a kept note from outside', () => {
	const store = new NoteStore();
	const note = store.add({ title: 'Milk' });
	note.title = 'Beer';
	assert.equal(store.get(1).title, 'Milk');
});

test('numbers are never handed out twice', () => {
	const store = new NoteStore();
	store.remove(store.add({ title: 'Milk' }).id);
	assert.equal(store.add({ title: 'Bread' }).id, 2);
});

test('only known fields are kept', () => {
	assert.deepEqual(new NoteStore().add({ title: 'Milk', id: 99, colour: 'red' }), { id: 1, title: 'Milk' });
});
