import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CheckReport } from './checkReport.ts';

/**
 * Errors and warnings as workflow commands of GitHub, which shows them at their lines of a pull request without any further
 * step. It shows ten of each: hints would only take their places. `base` is the folder of the checkout.
 */
export function formatAnnotations({ problems }: CheckReport, base: string): string {
	return problems
		.filter(({ problem: { severity } }) => severity === 'error' || severity === 'warning')
		.map(({ problem: { code, severity, message, range } }) => {
			const { uri, start, end } = range;
			// Columns are only allowed where a range ends in the line in which it begins.
			const columns =
				start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {};
			const properties = {
				file: relative(base, fileURLToPath(uri)).split(sep).join('/'),
				line: start.line + 1,
				endLine: end.line + 1,
				...columns,
				title: code,
			};
			const written = Object.entries(properties).map(
				([name, value]) => `${name}=${escapeProperty(String(value))}`,
			);
			return `::${severity} ${written.join(',')}::${escapeData(message)}\n`;
		})
		.join('');
}

function escapeData(text: string): string {
	return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
	return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
