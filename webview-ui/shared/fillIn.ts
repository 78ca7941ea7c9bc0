/** Fills `{0}`, `{1}`… of a text; the form the editor's own translations use. */
export function fillIn(text: string, ...values: (string | number)[]): string {
	return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
