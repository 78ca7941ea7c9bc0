import { alteredPart } from '../core/evidence/alteredText.ts';
import type { AlteredFile } from '../core/evidence/writtenRecords.ts';

/** So many are named; `switchyard evidence` names all. */
const named = 10;

/** Evidence that is not as it was written, for people, with the way out; an empty list where all of it is. */
export function alteredLines(altered: readonly AlteredFile[]): string[] {
	if (altered.length === 0) {
		return [];
	}
	const rest = altered.length - named;
	return [
		'',
		'Evidence that is not as it was written:',
		...altered.slice(0, named).map((file) => `  ${file.task}  ${alteredPart(file)}`),
		...(rest > 0 ? [`  and ${rest} more: switchyard evidence`] : []),
		'  switchyard evidence --write   writes it again from what the attempts left, and keeps what is there now aside',
	];
}
