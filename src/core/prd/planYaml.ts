import { Document, isSeq, visit } from 'yaml';
import type { DraftTask } from './draftTask.ts';

/** An agent that the plan declares for itself. */
export interface DeclaredAgent {
	readonly name: string;
	readonly argv: readonly string[];
}

/** A task file (FORMATS 1.1): strict, with its fields in a fixed order. */
export function taskYaml(task: DraftTask): string {
	const { id, name, type, hours, dependencies, description, acceptanceCriteria, requirements } = task;
	return yaml({
		...{ id, name, type, estimated_hours: hours, dependencies },
		...(description === '' ? {} : { description }),
		acceptance_criteria: acceptanceCriteria,
		...(task.verify === null ? {} : { verify: [{ run: task.verify }] }),
		...(requirements.length === 0 ? {} : { requirements }),
		...(task.because.length === 0 ? {} : { notes: { order: task.because } }),
	});
}

/** `docs/planning/switchyard.yaml`: what the plan is called and who does its tasks. */
export function headerYaml(plan: {
	readonly name: string;
	/** Who does tasks that name nobody; null where nobody was named. */
	readonly agent: string | null;
	readonly declared: DeclaredAgent | null;
}): string {
	const { name, agent, declared } = plan;
	return yaml({
		plan: { name, version: 1, ...(agent === null ? {} : { defaults: { agent } }) },
		...(declared === null ? {} : { agents: { [declared.name]: { run: declared.argv } } }),
	});
}

/** Fields of a task in the order in which they are written; others follow as they come. */
const taskOrder = ['id', 'name', 'title', 'type', 'estimated_hours', 'dependencies', 'description'];

/** A task that an agent wrote, as a file: its fields and nothing else. */
export function answeredYaml(fields: Readonly<Record<string, unknown>>): string {
	const known = taskOrder.filter((name) => Object.hasOwn(fields, name));
	const others = Object.keys(fields).filter((name) => !known.includes(name));
	return yaml(Object.fromEntries([...known, ...others].map((name) => [name, fields[name]])));
}

/** Lists that read best on one line. */
const onOneLine = new Set(['dependencies', 'requirements', 'run']);

function yaml(value: unknown): string {
	const document = new Document(value, { aliasDuplicateObjects: false });
	visit(document, {
		Pair: (_, pair) => {
			if (onOneLine.has(String(pair.key)) && isSeq(pair.value)) {
				pair.value.flow = true;
			}
		},
	});
	return document.toString({ lineWidth: 110, flowCollectionPadding: false });
}
