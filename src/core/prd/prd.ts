/** One thing the project must or should be able to do. */
export interface Requirement {
	readonly id: string;
	readonly description: string;
	readonly acceptanceCriteria: readonly string[];
	readonly priority: string;
	/** Ids of requirements that must be met before, as written. */
	readonly dependsOn: readonly string[];
	readonly level: 'must' | 'should';
}

/** Two texts of a list: a metric and its target, a risk and what is done about it, a system and its purpose. */
export interface Pair {
	readonly name: string;
	readonly text: string;
}

/** What a PRD says, read tolerantly: what is missing or of another shape is empty here. */
export interface Prd {
	readonly name: string;
	readonly goal: string;
	readonly constraints: string;
	/** Lower case; empty where nobody said, or said `none`. */
	readonly backend: string;
	readonly backendFramework: string;
	readonly frontend: string;
	readonly database: string;
	readonly testCommand: string;
	readonly deployment: readonly string[];
	readonly problem: string;
	readonly currentSolutions: string;
	readonly overview: string;
	readonly features: readonly string[];
	readonly users: readonly Pair[];
	readonly requirements: readonly Requirement[];
	readonly outOfScope: readonly string[];
	readonly integrations: readonly Pair[];
	readonly performance: readonly Pair[];
	readonly metrics: readonly Pair[];
	readonly completeWhen: readonly string[];
	readonly deadline: string;
	readonly budget: string;
	readonly security: readonly string[];
	readonly standards: readonly string[];
	readonly assumptions: readonly string[];
	readonly risks: readonly Pair[];
}

/** Reads the plain value of a PRD. Never throws. */
export function readPrd(value: unknown): Prd {
	const at = (...path: readonly string[]) => valueAt(value, path);
	const [overview, goal] = [textOf(at('solution', 'overview')), textOf(at('interview', 'goal'))];
	return {
		name: textOf(at('project', 'name')),
		goal: goal === '' ? overview : goal,
		constraints: textOf(at('constraints', 'notes')),
		backend: namedOf(at('technology', 'backend', 'language')),
		backendFramework: namedOf(at('technology', 'backend', 'framework')),
		frontend: namedOf(at('technology', 'frontend', 'framework')),
		database: namedOf(at('technology', 'database', 'system')),
		testCommand: saidOf(at('technology', 'testing', 'command')),
		deployment: textsOf(at('technical', 'deployment')).filter((one) => !isNone(one)),
		problem: textOf(at('problem', 'statement')),
		currentSolutions: saidOf(at('problem', 'current_solutions')),
		overview,
		features: textsOf(at('solution', 'key_features')),
		users: pairsOf(at('users', 'primary'), ['persona', 'needs']),
		requirements: requirementsOf(at('requirements')),
		outOfScope: textsOf(at('requirements', 'out_of_scope')),
		integrations: pairsOf(at('technical', 'integrations'), ['name', 'purpose']),
		performance: pairsOf(at('technical', 'performance'), ['metric', 'target']),
		metrics: pairsOf(at('success_criteria', 'metrics'), ['metric', 'target']),
		completeWhen: textsOf(at('success_criteria', 'mvp_complete_when')),
		deadline: saidOf(at('constraints', 'timeline', 'mvp_deadline')),
		budget: saidOf(at('constraints', 'budget', 'limit')),
		security: textsOf(at('constraints', 'security', 'requirements')),
		standards: textsOf(at('constraints', 'compliance', 'standards')),
		assumptions: textsOf(at('assumptions')),
		risks: pairsOf(at('risks'), ['risk', 'mitigation']),
	};
}

/** Requirements of both levels, with an id for those that have none; the same id twice keeps its first. */
function requirementsOf(value: unknown): Requirement[] {
	const found = new Map<string, Requirement>();
	const must = itemsOf(valueAt(value, ['must_have'])).map((item) => ['must', item] as const);
	const should = itemsOf(valueAt(value, ['should_have'])).map((item) => ['should', item] as const);
	for (const [index, [level, item]] of [...must, ...should].entries()) {
		const description = typeof item === 'object' ? textOf(valueAt(item, ['description'])) : textOf(item);
		const stated = textOf(valueAt(item, ['id']));
		const id = stated === '' ? requirementId(index) : stated;
		if (description !== '' && !found.has(id)) {
			found.set(id, {
				...{ id, description, level },
				acceptanceCriteria: textsOf(valueAt(item, ['acceptance_criteria'])),
				priority: textOf(valueAt(item, ['priority'])) || (level === 'must' ? 'critical' : 'high'),
				dependsOn: textsOf(valueAt(item, ['depends_on'])),
			});
		}
	}
	return [...found.values()];
}

/** `REQ-001` for the requirement number 0. */
export function requirementId(index: number): string {
	return `REQ-${String(index + 1).padStart(3, '0')}`;
}

/** A plain value below another; undefined where the way ends. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
	let found = value;
	for (const key of path) {
		found =
			typeof found === 'object' && found !== null && Object.hasOwn(found, key)
				? (found as Readonly<Record<string, unknown>>)[key]
				: undefined;
	}
	return found;
}

/** Text, a number or a boolean as one trimmed line; empty for anything else. */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? String(value).replace(/\s+/g, ' ').trim()
		: '';
}

/** A list of texts, or one text alone. */
export function textsOf(value: unknown): string[] {
	return itemsOf(value)
		.map(textOf)
		.filter((one) => one !== '');
}

/** What says plainly that there is nothing. */
export function isNone(text: string): boolean {
	return /^(none|no|nothing|keine?|-|n\/a)\.?$/i.test(text.trim());
}

function namedOf(value: unknown): string {
	return saidOf(value).toLowerCase();
}

/** A text, empty where it says that there is nothing. */
function saidOf(value: unknown): string {
	const text = textOf(value);
	return isNone(text) ? '' : text;
}

function itemsOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function pairsOf(value: unknown, [name, text]: readonly [string, string]): Pair[] {
	return itemsOf(value)
		.map((item) => ({
			name: typeof item === 'object' ? textOf(valueAt(item, [name])) : textOf(item),
			text: textOf(valueAt(item, [text])),
		}))
		.filter((pair) => pair.name !== '' && !isNone(pair.name));
}
