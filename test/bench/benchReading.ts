import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { BlockText } from '../../src/core/plan/blocks/blockText.ts';
import { LivePart, listNamesOf } from '../../src/core/plan/blocks/livePart.ts';
import { objectSchema } from '../../src/core/plan/fields.ts';
import { readPart } from '../../src/core/plan/readPart.ts';
import { checkParts, readPlan } from '../../src/core/plan/readPlan.ts';
import { taskFields } from '../../src/core/plan/taskFields.ts';
import { measure, report } from './measure.ts';
import { planText } from './planText.ts';

const id = { rootUri: 'file:///w', key: 'bench' };
const uri = 'file:///w/bench.plan.yaml';

/** A plan in one file, from its text to all its problems. */
export async function benchReading(tasks: number, rounds: number): Promise<void> {
	const { text } = planText(tasks);
	const schema = z.looseObject({ tasks: z.array(objectSchema(taskFields)) });
	const times = await measure(
		[
			{
				name: 'Switchyard: block by block, all checks',
				run: () => {
					const blocks = new BlockText(text, listNamesOf('one-file'));
					return checkParts(id, [new LivePart(uri, 'one-file', blocks).read()]);
				},
			},
			{ name: 'Switchyard: as a whole, all checks', run: () => readPlan(id, [{ uri, text }]) },
			{ name: 'yaml.parseDocument + zod', run: () => schema.safeParse(parseDocument(text).toJS()) },
		],
		rounds,
	);
	process.stdout.write(
		`${report(`Cold reading, ${tasks} tasks in one file (${(text.length / 1e6).toFixed(1)} MB)`, times)}\n`,
	);
}

/** A plan with one file a task. */
export async function benchFolder(tasks: number, rounds: number): Promise<void> {
	const { text } = planText(tasks);
	const folder = { rootUri: 'file:///w', key: 'planning' };
	const files = text
		.split(/^ {2}- /m)
		.slice(1)
		.map((item, index) => ({
			uri: `file:///w/docs/planning/tasks/TASK-${index}.yaml`,
			text: item.replace(/^ {4}/gm, ''),
		}));
	const schema = objectSchema(taskFields);
	const times = await measure(
		[
			{
				name: 'Switchyard: plan with all checks',
				run: () =>
					checkParts(
						folder,
						files.map((file) => readPart(file, 'task')),
					),
			},
			{
				name: 'yaml.parseDocument + zod',
				run: () => files.map((file) => schema.safeParse(parseDocument(file.text).toJS())),
			},
		],
		rounds,
	);
	process.stdout.write(`${report(`Cold reading, ${files.length} files of one task`, times)}\n`);
}
