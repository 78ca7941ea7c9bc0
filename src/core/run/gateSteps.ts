import type { Check } from '../plan/check.ts';
import type { GateSlot, GateStepDefinition } from '../plan/gateDefinition.ts';
import { slotName } from '../plan/gateSets.ts';
import type { Task } from '../plan/plan.ts';
import { namesLanguage } from './languageSteps.ts';
import type { GateStep, RunGate } from './runGate.ts';
import type { RunCheck, RunTask, Work } from './runPlan.ts';

/** Applies the defaults of a plan to what a gate says: who works, and what its checks are. */
export interface StepResolver {
	/** Who does a step, as for a task that says the same; null and a recorded fault where nobody can (T6). */
	work(about: Task): Work | null;
	/** `about` is named in faults, and gives an agent that judges its criteria. */
	checks(about: Task, checks: readonly Check[]): readonly RunCheck[];
	/** Minutes of a step that says nothing itself. */
	readonly minutes: number;
}

type Place = Pick<RunGate, 'name' | 'sprint'>;

/** Makes the steps of gates. Faults go to the resolver. */
export class GateSteps {
	readonly #resolver: StepResolver;

	constructor(resolver: StepResolver) {
		this.#resolver = resolver;
	}

	/** Somebody who judges: only checks, and all of them are made. `taken` holds the slots of the gate, and gets this one. */
	validator(
		place: Place,
		{ name, checks, range }: GateSlot,
		options: {
			readonly advisory: boolean;
			/** Agents judge it for each language by itself; a command only where it names the language. */
			readonly byLanguage: boolean;
			readonly taken: Set<string>;
		},
	): GateStep {
		const { advisory, byLanguage, taken } = options;
		const label = `${titleOf(name)} of ${place.sprint ?? place.name}`;
		const about = taskLike({ id: label, name: label, range });
		const made = this.#resolver.checks(about, checks);
		const perLanguage = made.some((check) => namesLanguage(check) || (byLanguage && check.kind === 'agent'));
		return {
			slot: free(slotName(name), taken),
			name: label,
			advisory,
			work: nothing,
			checks: made,
			timeoutMinutes: this.#resolver.minutes,
			...estimateOf(undefined, checks),
			env: {},
			cwd: '.',
			...(perLanguage && { perLanguage }),
		};
	}

	/** The integration, or what runs after a gate. `judges` are the tasks that it is about. */
	step(
		place: Place,
		step: GateStepDefinition,
		options: {
			readonly slot: string;
			readonly judges: readonly RunTask[];
			readonly taken?: Set<string>;
		},
	): GateStep {
		const slot = options.taken === undefined ? options.slot : free(slotName(options.slot), options.taken);
		const label = step.name ?? `${titleOf(options.slot)} of ${place.sprint ?? place.name}`;
		const prompt = promptOf(label, step, options.judges);
		const about = taskLike({ id: label, name: label, range: step.range, step, prompt });
		const works = step.run ?? step.agent ?? step.persona ?? step.prompt;
		return {
			slot,
			name: label,
			advisory: false,
			work: works === undefined ? nothing : (this.#resolver.work(about) ?? nothing),
			checks: this.#resolver.checks(about, step.verify),
			timeoutMinutes: step.timeoutMinutes ?? this.#resolver.minutes,
			...estimateOf(step.estimateMinutes, step.verify),
			env: step.env,
			cwd: step.cwd ?? '.',
		};
	}
}

/** What the plan expects of a step as a whole, else of its checks together; nothing where it does not say. */
function estimateOf(own: number | undefined, checks: readonly Check[]): Pick<GateStep, 'estimateMinutes'> {
	const stated = checks.flatMap((check) => (check.kind === 'approval' ? [] : (check.estimateMinutes ?? [])));
	const sum = stated.length === 0 ? undefined : stated.reduce((total, minutes) => total + minutes, 0);
	const estimateMinutes = own ?? sum;
	return estimateMinutes === undefined ? {} : { estimateMinutes };
}

const nothing: Work = { kind: 'none', command: { kind: 'argv', argv: [] } };

/** What the reports of the four validators are called. */
const titles: Readonly<Record<string, string>> = {
	pm: 'PM sign-off',
	test: 'Test results',
	performance: 'Performance report',
	security: 'Security audit',
};

/** `pm` → `PM sign-off`, `code-review` → `Code review`. */
function titleOf(name: string): string {
	const title = titles[name];
	if (title !== undefined) {
		return title;
	}
	const words = name.replaceAll('-', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

function free(slot: string, taken: Set<string>): string {
	let name = slot;
	for (let n = 2; taken.has(name); n++) {
		name = `${slot}-${n}`;
	}
	taken.add(name);
	return name;
}

/** What an agent is told that integrates or documents: which tasks it is about, and where to say what it did. */
function promptOf(
	label: string,
	{ prompt, persona }: GateStepDefinition,
	judges: readonly RunTask[],
): string {
	const role = persona === undefined ? [] : [`You are the ${persona}.`, ''];
	return [
		`# ${label}`,
		'',
		...role,
		...(prompt === undefined ? [] : [prompt.trim(), '']),
		'It is about the results of these tasks:',
		'',
		...judges.map(({ id, name }) => `- ${id}: ${name}`),
		'',
		'Write your report to report.json in the folder that SWITCHYARD_OUT names.',
		'',
	].join('\n');
}

/** A step says of its worker what a task would. */
function taskLike(of: {
	readonly id: string;
	readonly name: string;
	readonly range: Task['range'];
	readonly step?: GateStepDefinition;
	readonly prompt?: string;
}): Task {
	const { id, name, range, step, prompt } = of;
	return {
		id,
		name,
		dependencies: [],
		acceptanceCriteria: [],
		...(step?.agent && { agent: step.agent }),
		...(step?.persona !== undefined && { persona: step.persona }),
		...(step?.run && { run: step.run }),
		...(prompt !== undefined && { prompt: { kind: 'text' as const, text: prompt } }),
		verify: [],
		touches: [],
		produces: [],
		locks: [],
		idempotent: false,
		env: {},
		range,
		idRange: range,
	};
}
