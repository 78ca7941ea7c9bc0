import { describe, expect, it } from 'vitest';
import { plainMessage } from '../../../src/host/notify/plainMessage.ts';

/** What VS Code makes a link of in a notification. */
const link = /\[[^\]]+\]\([^)]*\)/;

describe('a message that quotes a plan', () => {
	const check = (text: string, expected: string) => {
		expect(plainMessage(text)).toBe(expected);
		expect(plainMessage(text)).not.toMatch(link);
	};

	it('has no links', () => {
		check('[Fix](command:workbench.action.quit) it', '[Fix] (command:workbench.action.quit) it');
		check('[a] \n (https://example.com "x")', '[a] (https://example.com "x")');
		check('[x](a)[y](b)', '[x] (a)[y] (b)');
	});

	it('is one line of bearable length', () => {
		check('  first\n\n\tsecond  ', 'first second');
		expect(plainMessage('x'.repeat(5000))).toHaveLength(401);
	});
});
