const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name for an id of a plan. Ids of well-formed plans map to themselves; anything a file system could read as
 * something else (separators, drive letters, leading dots, device names) is percent-encoded, so that no id can name a
 * place outside its folder and two different ids never share a name.
 */
export function fileNameForId(id: string): string {
	let name = '';
	for (const char of id) {
		name += /[A-Za-z0-9._-]/.test(char) || isSafeNonAscii(char) ? char : percentEncode(char);
	}
	if (name.startsWith('.')) {
		name = `%2E${name.slice(1)}`;
	}
	if (name.endsWith('.')) {
		name = `${name.slice(0, -1)}%2E`;
	}
	if (reservedOnWindows.test(name)) {
		name = `${percentEncode(name[0] ?? '')}${name.slice(1)}`;
	}
	return name === '' ? '%' : name;
}

function isSafeNonAscii(char: string): boolean {
	return (char.codePointAt(0) ?? 0) > 0x9f && /[\p{L}\p{N}]/u.test(char);
}

function percentEncode(char: string): string {
	return [...new TextEncoder().encode(char)]
		.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
		.join('');
}
