import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findProblems } from '../src/validator.mjs';

const cases = [
	[{ title: 'Milk' }, []],
	[{ title: 'Milk', text: 'two bottles', done: false }, []],
	[{}, ['title is missing']],
	[{ title: 7 }, ['title is not a string']],
	[{ title: 'x'.repeat(81) }, ['title is longer than 80 characters']],
	[{ title: 'Milk', done: 'yes' }, ['done is not a boolean']],
	[{ title: 'Milk', colour: 'red' }, ['colour is not a field of a note']],
	[null, ['a note is an object']],
	[[], ['a note is an object']],
];

for (const [note, problems] of cases) {
	test(`${JSON.stringify(note)?.slice(0, 40)}: ${problems.join(', ') || 'fine'}`, () => {
		assert.deepEqual(findProblems(note), problems);
	});
}
