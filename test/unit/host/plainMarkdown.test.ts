import { expect, it } from 'vitest';
import { plainMarkdown } from '../../../src/host/notify/plainMarkdown.ts';

it('makes no markup of what a plan or a process wrote, and leaves words and spaces as they are', () => {
	for (const [text, expected] of [
		['  two\n words ', 'two words'],
		['[run](command:evil)', '\\[run\\]\\(command:evil\\)'],
		['$(zap) **b** `c`', '\\$\\(zap\\) \\*\\*b\\*\\* \\`c\\`'],
		['<img> &lt; \\', '&lt;img&gt; &amp;lt; \\\\'],
		['# 1. - x', '\\# 1\\. \\- x'],
		['Größe 5 µs', 'Größe 5 µs'],
	] as const) {
		expect(plainMarkdown(text)).toBe(expected);
	}
});
