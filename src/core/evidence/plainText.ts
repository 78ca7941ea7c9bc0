// Terminal control sequences: CSI (colours, cursor), OSC (titles, links; ended by BEL or ST), and two-character ones.
const escapeSequences = new RegExp(
	[
		'\\u001b\\[[0-?]*[ -/]*[@-~]',
		'\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?',
		'\\u001b[PX^_][^\\u001b]*(?:\\u001b\\\\)?',
		'\\u001b[ -/]*[0-~]',
		'\\u009b[0-?]*[ -/]*[@-~]',
	].join('|'),
	'g',
);

// Everything that prints nothing: control characters but tab and newline, and the marks that turn the direction of
// text around, with which a line can be made to look like another one.
const invisible = /(?![\t\n])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** What a program printed, as text: no colours, no cursor movements, one kind of line end. */
export function toPlainText(output: string): string {
	return output.replace(escapeSequences, '').replace(/\r\n?/g, '\n').replace(invisible, '');
}
