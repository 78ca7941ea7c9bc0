import * as z from 'zod/mini';
import type { CriterionAnswer, Finding } from './findings.ts';
import { longestFinding, maxCriteria } from './findings.ts';

/** What a validator writes to `$OUT/verdict.json` (EXECUTION T7): nothing else of it is read. */
const verdictSchema = z.strictObject({
	verdict: z.enum(['PASS', 'FAIL']),
	criteria: z
		.array(
			z.strictObject({
				criterion: z.string().check(z.minLength(1)),
				verdict: z.enum(['PASS', 'FAIL']),
				finding: z.string(),
				gap: z.optional(z.nullable(z.string())),
				persona: z.optional(z.string()),
				file: z.optional(z.string()),
			}),
		)
		.check(z.minLength(1)),
});

/** A verdict that may be believed: it answers every criterion that was asked, once, and agrees with itself. */
export type Verdict = z.infer<typeof verdictSchema>;

/** Reads a verdict. What is missing, malformed or contradicts itself is a problem of the validator, and never a pass. */
export function readVerdict(
	text: string | null,
	criteria: readonly string[],
): { readonly verdict: Verdict } | { readonly problem: string } {
	if (text === null) {
		return { problem: 'it left no verdict.json' };
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return { problem: 'its verdict.json is not JSON' };
	}
	const parsed = verdictSchema.safeParse(value);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const place = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
		return {
			problem: `its verdict.json is not in the verdict schema (${place}: ${issue?.message ?? 'wrong'})`,
		};
	}
	const problem = contradiction(parsed.data, criteria);
	return problem === null ? { verdict: parsed.data } : { problem };
}

function contradiction(verdict: Verdict, criteria: readonly string[]): string | null {
	const answers = new Map<string, number>();
	for (const { criterion } of verdict.criteria) {
		answers.set(plainCriterion(criterion), (answers.get(plainCriterion(criterion)) ?? 0) + 1);
	}
	const missing = criteria.find((criterion) => !answers.has(plainCriterion(criterion)));
	if (missing !== undefined) {
		return `its verdict.json says nothing about “${missing}”`;
	}
	const failed = verdict.criteria.some((each) => each.verdict === 'FAIL');
	if (failed !== (verdict.verdict === 'FAIL')) {
		return `its verdict.json says ${verdict.verdict} and contradicts its own criteria`;
	}
	return null;
}

/** What is to be repaired, one finding for each criterion that failed. */
export function findingsOfVerdict({ criteria }: Verdict): Finding[] {
	return criteria
		.filter(({ verdict }) => verdict === 'FAIL')
		.map(({ criterion, finding, gap, persona, file }) => {
			return {
				text: `${criterion}: ${sentenceOf(finding, gap) || 'not met'}`.slice(0, longestFinding),
				...(persona !== undefined && { persona }),
				...(file !== undefined && { file }),
			};
		});
}

/** What the verdict says about each criterion, also about those that are met: what was looked at is evidence, too. */
export function answersOfVerdict({ criteria }: Verdict): CriterionAnswer[] {
	return criteria.slice(0, maxCriteria).map(({ criterion, verdict, finding, gap }) => ({
		criterion: criterion.slice(0, longestFinding),
		passed: verdict === 'PASS',
		finding: sentenceOf(finding, gap).slice(0, longestFinding),
	}));
}

function sentenceOf(finding: string, gap: string | null | undefined): string {
	return [finding, gap ?? '']
		.map((text) => text.trim())
		.filter((text) => text !== '')
		.join(' ');
}

/** Equal for a criterion and its repetition: white space and case say nothing. */
export function plainCriterion(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
