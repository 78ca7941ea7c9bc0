import { expect, test } from 'vitest';
import { BlockText } from '../../../../src/core/plan/blocks/blockText.ts';
import { LivePart, listNamesOf } from '../../../../src/core/plan/blocks/livePart.ts';
import { guessIds } from '../../../../src/core/plan/guessIds.ts';
import { compareProblems } from '../../../../src/core/plan/limitProblems.ts';
import type { PlanFileKind } from '../../../../src/core/plan/planFiles.ts';
import type { PlanPart } from '../../../../src/core/plan/readPart.ts';
import { readPart } from '../../../../src/core/plan/readPart.ts';
import { EditedText, type Step } from '../../../support/textEdits.ts';

const uri = 'file:///w/x.plan.yaml';

/** A part as another process would get it, with its problems in the order in which they are shown. */
function plain(part: PlanPart, text: string) {
	const { likelyIds, taskEdition: _, ...rest } = part;
	const likely = [...new Set(guessIds(text)), 'x.plan', 'nowhere'].filter((id) => likelyIds.has(id));
	return JSON.parse(JSON.stringify({ ...rest, likely, problems: [...part.problems].sort(compareProblems) }));
}

function follow(text: string, path: readonly Step[], kind: PlanFileKind = 'one-file') {
	const edited = new EditedText(text);
	const blocks = new BlockText(text, listNamesOf(kind));
	const live = new LivePart(uri, kind, blocks);
	live.read();
	for (const step of path) {
		blocks.edit(edited.take(step));
		expect(blocks.text).toBe(edited.text);
		expect(blocks.length).toBe(edited.text.length);
		const plainText = edited.text.replace(/^\uFEFF/, '');
		expect(plain(live.read(), plainText)).toEqual(
			plain(readPart({ uri, text: edited.text }, kind), plainText),
		);
	}
}

test('brackets that are open at the left swallow the list behind them', () => {
	const step = (text: string): Step => ({ kind: 'insert', at: 0, size: 1, text });
	const plan =
		'tasks:\n- id: T1\n- {id: T1, run: [npm, test], dependencies: []}\nsprints:\n- id: S1\n  tasks: []\n';
	follow(plan, [step('{'), step('    nmae: x\n'), step('a')]);
});
