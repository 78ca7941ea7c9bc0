import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problemHelp } from '../../../scripts/generate/problemHelp.mjs';
import committed from '../../../src/cli/problemHelp.json' with { type: 'json' };

test('the help of the rules is that of docs/problems.md (npm run schemas)', () => {
	expect(committed).toEqual(problemHelp(readFileSync('docs/problems.md', 'utf8')));
});
