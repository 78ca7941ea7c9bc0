/** Words that YAML 1.1 or 1.2 reads as something other than text. */
const reserved = /^(?:y|n|yes|no|true|false|on|off|null|nan|inf)$/i;

/** Starts with a letter and stays within letters, digits, `-`, `_`: text for every reader, whatever its YAML version. */
const plainKey = /^[A-Za-z][A-Za-z0-9_-]*$/;

// JSON leaves these as they are; YAML readers differ on them (line separators, byte order mark, C1 controls).
const delicate = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** A double-quoted YAML scalar: JSON's form, which YAML takes over, with every delicate character escaped. */
export function quoteYaml(text: string): string {
	return JSON.stringify(text).replace(
		delicate,
		(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** The text of a mapping key with its colon. Ids come from users: `1e3`, `yes` or `a: b` must stay text. */
export function yamlKey(id: string, indent: string): string {
	const key = plainKey.test(id) && !reserved.test(id) ? id : quoteYaml(id);
	// YAML limits a plain `key:` to 1024 characters; longer ones need the explicit form.
	return key.length > 1000 ? `${indent}? ${key}\n${indent}:` : `${indent}${key}:`;
}
