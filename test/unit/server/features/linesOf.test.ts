import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { nodeAt } from '../../../../src/core/plan/cursor/nodeAt.ts';
import { splitLines } from '../../../../src/core/plan/cursor/textLines.ts';
import { linesOf } from '../../../../src/server/features/feature.ts';
import { liveDocuments } from '../../../../src/server/liveDocument.ts';
import { plans } from '../../../support/editedPlans.ts';
import { EditedText, steps } from '../../../support/textEdits.ts';

vi.setConfig({ testTimeout: 600_000 });

test('what is under the cursor is the same where lists are skipped and where every line is looked at', () => {
	fc.assert(
		fc.property(plans, steps, (text, taken) => {
			const edited = new EditedText(text);
			const document = liveDocuments.create('file:///w/x.plan.yaml', 'yaml', 1, text);
			for (const [index, step] of taken.entries()) {
				liveDocuments.update(document, [edited.take(step)], index + 2);
				const wanted = splitLines(edited.text);
				const found = linesOf(document);
				for (let line = index % 3; line < wanted.count; line += 3) {
					for (const character of [0, 2, 4, wanted.line(line).length]) {
						const position = { line, character };
						expect(nodeAt(found, position)).toEqual(nodeAt(wanted, position));
					}
				}
			}
		}),
		{ numRuns: 200 },
	);
});
