/** The id that follows those of a list: the largest number at the end of the last one's kind, plus one. */
export function nextId(items: readonly { readonly id: string }[], first: string): string {
	const last = items.at(-1)?.id;
	if (last === undefined) {
		return first;
	}
	const [, stem = '', digits = ''] = /^(.*?)(\d+)$/.exec(last) ?? [];
	if (digits === '') {
		return `${last}-2`;
	}
	const width = digits.length;
	let largest = 0;
	for (const { id } of items) {
		const number = id.startsWith(stem) ? id.slice(stem.length) : '';
		if (/^\d{1,9}$/.test(number)) {
			largest = Math.max(largest, Number(number));
		}
	}
	return `${stem}${String(largest + 1).padStart(width, '0')}`;
}
