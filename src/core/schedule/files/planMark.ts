import { checksum } from '../../plan/checksum.ts';

/** In which language a generated file hides its mark. */
export type MarkStyle = 'yaml' | 'markdown';

const marks: Readonly<Record<MarkStyle, RegExp>> = {
	yaml: /^# Planned by Switchyard \(checksum ([0-9a-f]{8})\)\. .*\n/,
	markdown: /^<!-- Planned by Switchyard \(checksum ([0-9a-f]{8})\)\. .* -->\n/,
};

/** The text of a generated file with a first line that says so, and by a checksum whether a hand changed it since. */
export function withPlanMark(body: string, style: MarkStyle): string {
	const words = `Planned by Switchyard (checksum ${checksum(body)}).`;
	const hint = 'Planning again replaces this file; delete this line to make it your own.';
	return style === 'yaml' ? `# ${words} ${hint}\n${body}` : `<!-- ${words} ${hint} -->\n${body}`;
}

/** True for a text that planning wrote and that nobody changed since; other line ends are no change. */
export function isUntouched(text: string, style: MarkStyle): boolean {
	const plain = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
	const match = marks[style].exec(plain);
	return match !== null && checksum(plain.slice(match[0].length)) === match[1];
}
