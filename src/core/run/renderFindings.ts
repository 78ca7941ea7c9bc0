import type { Finding } from './findings.ts';

/** What an attempt left to be repaired, for whoever does the next one (T2): Markdown, without secrets. */
export function renderFindings(options: {
	readonly iteration: number;
	readonly findings: readonly Finding[];
	/** The end of what the job printed that failed; empty where it printed nothing. */
	readonly output: string;
}): string {
	const { iteration, findings, output } = options;
	const lines = [
		`# Findings of iteration ${iteration}`,
		'',
		'What was done so far lies in the workspace. Repair what is listed here; all checks are made again afterwards.',
		'',
		...findings.map(
			({ text, file }) => `- ${file === undefined ? '' : `${file}: `}${text.replaceAll('\n', ' ')}`,
		),
	];
	if (output.trim() !== '') {
		const fence = '`'.repeat(Math.max(3, ...[...output.matchAll(/`+/g)].map(([run]) => run.length + 1)));
		lines.push('', 'The end of the output:', '', fence, output.trimEnd(), fence);
	}
	return `${lines.join('\n')}\n`;
}
