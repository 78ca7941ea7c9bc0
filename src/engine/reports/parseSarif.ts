import * as z from 'zod/mini';
import type { ReportedFailure } from '../../core/run/judgeCheck.ts';

export interface SarifReport {
	readonly findings: { readonly error: number; readonly warning: number; readonly note: number };
	readonly failures: readonly ReportedFailure[];
}

/** The part of SARIF 2.1.0 (OASIS) that says what was found and where. */
const sarif = z.looseObject({
	runs: z.array(
		z.looseObject({
			results: z.optional(
				z.nullable(
					z.array(
						z.looseObject({
							ruleId: z.optional(z.string()),
							kind: z.optional(z.string()),
							level: z.optional(z.enum(['none', 'note', 'warning', 'error'])),
							message: z.looseObject({ text: z.optional(z.string()) }),
							suppressions: z.optional(z.nullable(z.array(z.unknown()))),
							baselineState: z.optional(z.string()),
							locations: z.optional(
								z.array(
									z.looseObject({
										physicalLocation: z.optional(
											z.looseObject({
												artifactLocation: z.optional(z.looseObject({ uri: z.optional(z.string()) })),
											}),
										),
									}),
								),
							),
						}),
					),
				),
			),
		}),
	),
});

/** Reads a SARIF log. Results that passed, are suppressed or are gone are no findings. Throws a sentence where it is none. */
export function parseSarif(text: string): SarifReport {
	const parsed = sarif.safeParse(JSON.parse(text));
	if (!parsed.success) {
		throw new Error('it is not a SARIF log of version 2.1');
	}
	const counts = { error: 0, warning: 0, note: 0 };
	const failures: ReportedFailure[] = [];
	for (const result of parsed.data.runs.flatMap(({ results }) => results ?? [])) {
		const { level = 'warning', kind = 'fail', suppressions, baselineState, ruleId = 'unnamed rule' } = result;
		const isOpen = (suppressions ?? []).length === 0 && baselineState !== 'absent';
		if (!isOpen || level === 'none' || kind === 'pass' || kind === 'notApplicable') {
			continue;
		}
		counts[level]++;
		const file = result.locations?.[0]?.physicalLocation?.artifactLocation?.uri?.replace(/^file:\/\//, '');
		const message = result.message.text?.split('\n')[0] ?? '';
		failures.push({
			name: `${ruleId} ${file ?? ''} ${message}`.trim(),
			text: '',
			...(file !== undefined && { file }),
		});
	}
	return { findings: counts, failures };
}
