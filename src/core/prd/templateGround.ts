import type { RequirementLink } from './linkRequirements.ts';
import type { Prd, Requirement } from './prd.ts';
import type { TaskSheet } from './taskSheet.ts';

/** What the templates of one plan have in common. */
export interface TemplateGround {
	readonly prd: Prd;
	readonly sheet: TaskSheet;
	/** Argument list that runs all tests. */
	readonly verify: readonly string[] | null;
	readonly links: ReadonlyMap<string, readonly RequirementLink[]>;
}

const infrastructureWords =
	/\b(deploy\w*|deliver\w* by|pipelines?|ci|docker|kubernetes|monitor\w*|watched|back(ed)?[ -]?ups?|infrastructure|hosting)\b/i;
const documentationWords = /\b(documentation|documented|manual|handbook|tutorial)\b/i;
/** What a requirement is about: something to use, something that runs it, or words about it. */
export function kindOf({ description }: Requirement): 'feature' | 'infrastructure' | 'documentation' {
	if (infrastructureWords.test(description)) {
		return 'infrastructure';
	}
	return documentationWords.test(description) ? 'documentation' : 'feature';
}

/** The tests of another language say nothing about pages. */
export function pageCheck({ backend }: Prd, verify: TemplateGround['verify']): TemplateGround['verify'] {
	return ['', 'typescript', 'javascript'].includes(backend) ? verify : null;
}
