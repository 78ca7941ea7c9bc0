/** Where a gate stands (FORMATS 1.4). */
export const gateLevels = ['task', 'layer', 'sprint', 'track', 'project'] as const;
export type GateAt = (typeof gateLevels)[number];

export const gateSetNames = ['orca', 'four-validators', 'devteam'] as const;
export type GateSetName = (typeof gateSetNames)[number];

/**
 * The built-in sets, as slots by the places where they stand unless `at` says otherwise: what seeds 002, 000 with 003, and
 * 004 ask for. A slot is a question; which check answers it, the plan says.
 */
export const gateSets: Readonly<Record<GateSetName, Readonly<Partial<Record<GateAt, readonly string[]>>>>> = {
	orca: { layer: ['tdd', 'security', 'performance', 'code-quality'] },
	'four-validators': { sprint: ['pm', 'test', 'performance', 'security'] },
	devteam: {
		task: ['requirements'],
		sprint: ['code-review', 'security', 'performance', 'documentation'],
		project: ['code-review', 'security', 'performance', 'documentation'],
	},
};

/** Slots that the reviewers of seed 004 answer for each language by itself, where agents judge (EXECUTION G2). */
export const slotsByLanguage: Readonly<Partial<Record<GateSetName, readonly string[]>>> = {
	devteam: ['code-review', 'performance'],
};

/** Other words that plans use for a slot. */
const sameSlot: Readonly<Record<string, string>> = {
	'test-engineer': 'test',
	tests: 'test',
	'performance-engineer': 'performance',
	'security-engineer': 'security',
	'product-manager': 'pm',
	'requirements-validator': 'requirements',
	'code-reviewer': 'code-review',
	docs: 'documentation',
	'tdd-compliance': 'tdd',
};

/** A name as part of the id of a unit: no colon, no `@`, no spaces. `Code Quality` is `code-quality`. */
export function slotName(name: string): string {
	const slug = name
		.trim()
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}_.]+/gu, '-')
		.replaceAll(/^-+|-+$/g, '');
	return slug === '' ? 'check' : slug.slice(0, 60);
}

/** The slot of a built-in set that a name means: `security-engineer` answers for `security`. */
export function setSlotName(name: string): string {
	const slot = slotName(name);
	return sameSlot[slot] ?? slot;
}

export function isGateSet(name: string): name is GateSetName {
	return gateSetNames.some((set) => set === name);
}

/** Which gates each strategy runs (EXECUTION S1), for what a plan is told before it runs. */
export const gateLevelOfStrategy: Readonly<Record<string, 'basic' | 'standard' | 'strict'>> = {
	aggressive: 'basic',
	conservative: 'strict',
	sequential: 'strict',
};
