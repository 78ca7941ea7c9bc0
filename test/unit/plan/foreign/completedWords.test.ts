import { expect, test } from 'vitest';
import { statedStatus } from '../../../../src/core/plan/foreign/completedWords.ts';

test.each([
	['done', 'completed'],
	[' Done ', 'completed'],
	['x', 'completed'],
	['✅', 'completed'],
	['in-progress', 'begun'],
	['In Progress', 'begun'],
	['in_progress', 'begun'],
	['review', 'begun'],
	['on hold', 'blocked'],
	['Blocked', 'blocked'],
	['deferred', 'dropped'],
	["won't do", 'dropped'],
	['tombstone', 'dropped'],
	['pending', 'open'],
	['To Do', 'open'],
	['whatever', 'open'],
	['', 'open'],
] as const)('%j is %s', (word, status) => {
	expect(statedStatus(word)).toBe(status);
});
