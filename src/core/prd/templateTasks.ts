import type { DraftTask } from './draftTask.ts';
import { addFoundation } from './foundationTasks.ts';
import type { RequirementLink } from './linkRequirements.ts';
import { linkRequirements } from './linkRequirements.ts';
import type { Prd, Requirement } from './prd.ts';
import { splitCommand } from './splitCommand.ts';
import { TaskSheet } from './taskSheet.ts';
import type { TemplateGround } from './templateGround.ts';
import { kindOf, pageCheck } from './templateGround.ts';
import { addWhole } from './wholeTasks.ts';

/** Tasks that templates made, and what had to be left out. */
export interface TemplateTasks {
	readonly tasks: readonly DraftTask[];
	readonly warnings: readonly string[];
}

/** Criteria that somebody sees on a page. */
const pageWords =
	/\b(pages?|screens?|forms?|buttons?|menus?|dialogs?|displays?|displayed|shows?|shown|sees?|visible|layout|responsive|click\w*|browser)\b/i;

/**
 * The tasks of a PRD by templates: the same PRD always gives the same tasks. First what everything stands on, then for each
 * requirement its schema, service, pages and tests as far as the stack has them, then what concerns the whole. Every
 * requirement is covered; every task has a type, an estimate and criteria.
 */
export function templateTasks(prd: Prd, { prefix }: { readonly prefix: string }): TemplateTasks {
	const { order, links, warnings } = linkRequirements(prd.requirements);
	const ground: TemplateGround = {
		...{ prd, links, sheet: new TaskSheet(prefix) },
		verify: prd.testCommand === '' ? null : splitCommand(prd.testCommand),
	};
	addFoundation(ground);
	for (const requirement of order) {
		addRequirement(ground, requirement);
	}
	addWhole(ground);
	return { tasks: ground.sheet.tasks, warnings };
}

function addRequirement(ground: TemplateGround, requirement: Requirement): void {
	switch (kindOf(requirement)) {
		case 'infrastructure':
			addSingle(ground, requirement, 'infrastructure');
			return;
		case 'documentation':
			addSingle(ground, requirement, 'documentation');
			return;
		case 'feature':
			addFeature(ground, requirement);
	}
}

function addSingle({ sheet, links }: TemplateGround, requirement: Requirement, type: string): void {
	const { id, description, acceptanceCriteria } = requirement;
	sheet.add({
		...{ key: `last ${id}`, name: nameOf(description), type, hours: 4 + acceptanceCriteria.length },
		after: ['setup', ...linked(links, id).map(({ on }) => `last ${on}`)],
		...{ description, requirements: [id], because: linked(links, id).map(({ because }) => because) },
		acceptanceCriteria: criteriaOf(requirement),
	});
}

function addFeature(ground: TemplateGround, requirement: Requirement): void {
	const { prd, sheet, verify, links } = ground;
	const { id, description } = requirement;
	const hasPages = prd.frontend !== '';
	const hasService = prd.backend !== '' || !hasPages;
	const name = nameOf(description);
	const { service, pages } = splitCriteria(requirement, { hasPages, hasService });
	const systems = prd.integrations.filter((one) => mentions(requirement, one.name));
	const common = { description, requirements: [id] };
	const because = linked(links, id).map((link) => link.because);
	if (hasService) {
		sheet.add({
			...{ ...common, key: `service ${id}`, verify, because },
			name: hasPages ? `${name}: service` : name,
			type: prd.backend === '' ? 'fullstack' : 'backend',
			hours: 4 + service.length,
			after: [
				...['setup', ...(sheet.has('schema') ? ['schema'] : [])],
				...systems.map((one) => `system ${one.name}`),
				...linked(links, id).map(({ on }) => (sheet.has(`service ${on}`) ? `service ${on}` : `last ${on}`)),
			],
			acceptanceCriteria: service,
		});
	}
	if (hasPages) {
		sheet.add({
			...{ ...common, key: `pages ${id}`, name: `${name}: pages`, type: 'frontend', hours: 4 + pages.length },
			after: [
				...['shell', `service ${id}`],
				...(hasService ? [] : linked(links, id).map(({ on }) => `last ${on}`)),
			],
			acceptanceCriteria: pages,
			verify: pageCheck(prd, verify),
			because: hasService ? [] : because,
		});
	}
	const last = hasPages ? `pages ${id}` : `service ${id}`;
	sheet.add({
		...{ ...common, key: `last ${id}`, name: `${name}: tests`, type: 'testing', hours: 4, verify },
		after: [last],
		acceptanceCriteria: criteriaOf(requirement).map((one) => `An automated test shows: ${one}`),
	});
}

/** What is seen on a page goes to the pages, the rest to the service; neither is left without any. */
function splitCriteria(
	requirement: Requirement,
	{ hasPages, hasService }: { readonly hasPages: boolean; readonly hasService: boolean },
): { readonly service: readonly string[]; readonly pages: readonly string[] } {
	const all = criteriaOf(requirement);
	if (!hasPages || !hasService) {
		return { service: all, pages: all };
	}
	const seen = all.filter((criterion) => pageWords.test(criterion));
	const done = all.filter((criterion) => !pageWords.test(criterion));
	const { description } = requirement;
	return {
		service:
			done.length > 0 ? done : [`The service does it, also when it is called without a page: ${description}`],
		pages: seen.length > 0 ? seen : [`A user can do it on a page: ${description}`],
	};
}

function criteriaOf({ acceptanceCriteria, description }: Requirement): readonly string[] {
	return acceptanceCriteria.length > 0 ? acceptanceCriteria : [`It can be shown: ${description}`];
}

function linked(links: TemplateGround['links'], id: string): readonly RequirementLink[] {
	return links.get(id) ?? [];
}

function mentions({ description, acceptanceCriteria }: Requirement, name: string): boolean {
	return [description, ...acceptanceCriteria].some((one) => one.toLowerCase().includes(name.toLowerCase()));
}

const maxName = 70;

/** A requirement as the name of a task: without its end where it is long. */
function nameOf(description: string): string {
	const name = description.replace(/\.$/, '');
	if (name.length <= maxName) {
		return name;
	}
	const cut = name.slice(0, maxName);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), maxName / 2)).trimEnd()} …`;
}
