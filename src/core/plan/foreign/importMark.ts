import { checksum } from '../checksum.ts';

/** First line of an imported plan: says where it is from, and by a checksum whether a hand changed it since. */
const mark = /^# Imported by Switchyard from (.+?) \(checksum ([0-9a-f]{8})\)\. .*\n/;

/** The text of an imported plan below its mark; `source` is what the other tool's format is called. */
export function withMark(body: string, source: string): string {
	return `# Imported by Switchyard from ${source} (checksum ${checksum(body)}). Delete this line to make the plan your own.\n${body}`;
}

/** Whether a plan is as an import wrote it (`imported`), was changed since (`edited`), or is no imported one (`own`). */
export function importState(text: string): 'imported' | 'edited' | 'own' {
	const plain = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
	const match = mark.exec(plain);
	if (match === null) {
		return 'own';
	}
	return checksum(plain.slice(match[0].length)) === match[2] ? 'imported' : 'edited';
}
