import type { Requirement } from './prd.ts';

/** Why one requirement comes after another. */
export interface RequirementLink {
	/** Id of the requirement that comes first. */
	readonly on: string;
	/** A sentence. */
	readonly because: string;
}

/** Requirements in an order in which none comes before what it needs, with their links. */
export interface LinkedRequirements {
	readonly order: readonly Requirement[];
	readonly links: ReadonlyMap<string, readonly RequirementLink[]>;
	/** Stated dependencies that could not be kept: unknown ids, and those that close a circle. */
	readonly warnings: readonly string[];
}

/** Words that name no thing of the project. */
const common = new Set(
	`able about above access across after again against allow also always another anybody based because before being below
	between build built called can change changes check contains could create created data delete deleted details display
	down each edit every fast feature features find first from full gets give given goes good handle have having help here
	high into item items keep kept last least less level like list lists look make makes manage manages management many
	more most must need needs never only open other over page pages part people person place possible provide read really
	remove right same save seen send sent separate set several should show shown shows simple single some still store
	support system take than that their them then there these they thing things this those through time together under
	until update upon used user users uses using very view visible want well what when where whether which while will
	with within without work works would write your customer customers whole`.split(/\s+/),
);

/**
 * Orders requirements. One comes after another where it says so (`depends_on`), or where it speaks of a thing that the
 * other, named before it, was the first to bring up: a checkout that turns the cart into an order needs the cart. Words
 * that most requirements use say nothing. Circles cannot arise from words, because those only point backwards.
 */
export function linkRequirements(requirements: readonly Requirement[]): LinkedRequirements {
	const byId = new Map(requirements.map((one) => [one.id, one]));
	const warnings: string[] = [];
	const links = new Map<string, RequirementLink[]>();
	const mentioned = mentions(requirements);
	for (const { id, dependsOn } of requirements) {
		const stated = dependsOn.filter((on) => {
			if (!byId.has(on)) {
				warnings.push(`${id} depends on ${on}, which is no requirement. That was left out.`);
			}
			return byId.has(on) && on !== id;
		});
		const own = stated.map((on): RequirementLink => ({ on, because: `${id} depends on ${on} in the PRD.` }));
		// Who states what comes first has thought about it more than any word can tell.
		links.set(id, own.length > 0 ? own : (mentioned.get(id) ?? []));
	}
	return { order: sort(requirements, links, warnings), links, warnings };
}

/** Depth first, in the order given; a link that leads back into what is being visited is dropped, and said. */
function sort(
	requirements: readonly Requirement[],
	links: Map<string, RequirementLink[]>,
	warnings: string[],
): Requirement[] {
	const byId = new Map(requirements.map((one) => [one.id, one]));
	const state = new Map<string, 'open' | 'done'>();
	const order: Requirement[] = [];
	const visit = (requirement: Requirement): void => {
		state.set(requirement.id, 'open');
		const kept = (links.get(requirement.id) ?? []).filter(({ on }) => {
			const before = byId.get(on);
			if (before === undefined || state.get(on) === 'open') {
				warnings.push(
					`${requirement.id} and ${on} wait for each other. That ${on} comes first was left out.`,
				);
				return false;
			}
			if (state.get(on) === undefined) {
				visit(before);
			}
			return true;
		});
		links.set(requirement.id, kept);
		state.set(requirement.id, 'done');
		order.push(requirement);
	};
	for (const requirement of requirements) {
		if (state.get(requirement.id) === undefined) {
			visit(requirement);
		}
	}
	return order;
}

function mentions(requirements: readonly Requirement[]): Map<string, RequirementLink[]> {
	const things = requirements.map(({ description }) => thingsIn(description));
	const count = new Map<string, number>();
	for (const thing of things.flatMap((own) => [...own])) {
		count.set(thing, (count.get(thing) ?? 0) + 1);
	}
	const most = Math.max(2, requirements.length / 2);
	const introducedBy = new Map<string, string>();
	const links = new Map<string, RequirementLink[]>();
	for (const [index, { id }] of requirements.entries()) {
		const found = new Map<string, RequirementLink>();
		for (const thing of things[index] ?? []) {
			const on = introducedBy.get(thing);
			if (on === undefined) {
				introducedBy.set(thing, id);
			} else if ((count.get(thing) ?? 0) <= most && !found.has(on)) {
				found.set(on, { on, because: `${id} speaks of “${thing}”, which ${on} brings.` });
			}
		}
		links.set(id, [...found.values()]);
	}
	return links;
}

/** The things a sentence names: its words that are not common ones, in the singular. */
function thingsIn(text: string): Set<string> {
	const words = text.toLowerCase().match(/\p{L}[\p{L}\d-]{3,}/gu) ?? [];
	return new Set(words.filter((word) => !common.has(word)).map(singular));
}

function singular(word: string): string {
	if (word.endsWith('ies') && word.length > 4) {
		return `${word.slice(0, -3)}y`;
	}
	return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
