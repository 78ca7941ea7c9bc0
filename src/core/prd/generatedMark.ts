import { checksum } from '../plan/checksum.ts';

/** First line of a document that we wrote: says by a checksum whether a hand changed it since. */
const mark = /^<!-- Written by switchyard new \(checksum ([0-9a-f]{8})\)\. .*-->\n/;

/** A Markdown text below its mark. */
export function withGeneratedMark(body: string): string {
	return `<!-- Written by switchyard new (checksum ${checksum(body)}). It is written anew while you do not change it. -->\n${body}`;
}

/** Whether a document is as we wrote it; one without our mark, or changed since, is somebody's own. */
export function isGenerated(text: string): boolean {
	const plain = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
	const match = mark.exec(plain);
	return match !== null && checksum(plain.slice(match[0].length)) === match[1];
}
