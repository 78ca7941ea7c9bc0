import { toPlainText } from './plainText.ts';

/** A value that must not leave `.switchyard`, with the name of the variable that holds it. */
export interface Secret {
	readonly name: string;
	readonly value: string;
}

/** Shorter values (`1`, `true`, `dev`) would redact half of every log, and protect nothing. */
const shortestSecret = 6;

const secretName =
	/(?:^|[_-])(?:api_?keys?|keys?|(?:auth)?tokens?|pat|pass|passwd|password|passphrase|credentials?|auth)$|[_-]pwd$|secret|password|passphrase|private_?key/i;

/** Names that match and hold no secret: the path of a socket, the name of a terminal's key file. */
const harmlessName = /(?:_file|_path|_sock|_dir|_url_base)$/i;

/** The shapes of tokens that are recognised without knowing them. */
const tokenShapes: readonly RegExp[] = [
	/\bgh[oprsu]_[A-Za-z0-9]{30,}/,
	/\bgithub_pat_[A-Za-z0-9_]{40,}/,
	/\bglpat-[A-Za-z0-9_-]{20,}/,
	/\bsk-(?:[a-z]+-)*[A-Za-z0-9_-]{20,}/,
	/\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/,
	/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
	/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
	/\bAIza[A-Za-z0-9_-]{35}/,
	/\bnpm_[A-Za-z0-9]{36}/,
	/\bpypi-[A-Za-z0-9_-]{40,}/,
	/\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/,
	/\bBearer\s+[A-Za-z0-9._~+/=-]{20,}/i,
	/\bAuthorization:\s*\S+\s+[A-Za-z0-9._~+/=-]{8,}/i,
	/\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]{3,}@/i,
	/\b[A-Z0-9_]*(?:API_?KEY|TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE_?KEY)[A-Z0-9_]*\s*=\s*['"]?[^\s'"$<{][^\s'"]{5,}/,
];

const keyBegins = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/;
const keyEnds = /-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/;

/** The variables of an environment that look like secrets. A value of several lines counts line by line. */
export function findSecrets(env: Readonly<Record<string, string | undefined>>): readonly Secret[] {
	const secrets: Secret[] = [];
	for (const [name, value] of Object.entries(env)) {
		if (value === undefined || !secretName.test(name) || harmlessName.test(name)) {
			continue;
		}
		for (const line of value.split(/\r?\n/)) {
			const trimmed = line.trim();
			if (trimmed.length >= shortestSecret) {
				secrets.push({ name, value: trimmed });
			}
		}
	}
	return secrets;
}

/**
 * Replaces every line that holds a secret (FORMATS 2.3): the whole line, because what stands around a secret often
 * says what it opens. The number of lines stays the same. Colours inside a value do not hide it.
 */
export function redactLines(text: string, secrets: readonly Secret[]): string {
	const plain = toPlainText(text);
	const present = secrets.filter(({ value }) => plain.includes(value));
	if (present.length === 0 && !keyBegins.test(plain) && !tokenShapes.some((shape) => shape.test(plain))) {
		return text;
	}
	let insideKey = false;
	return text
		.split('\n')
		.map((line) => {
			const visible = toPlainText(line);
			const begins = keyBegins.test(visible);
			const reason = insideKey || begins ? 'a private key' : reasonToHide(visible, present);
			insideKey = (insideKey || begins) && !keyEnds.test(visible);
			return reason === null ? line : `[line redacted: it held ${reason}]`;
		})
		.join('\n');
}

function reasonToHide(line: string, secrets: readonly Secret[]): string | null {
	const known = secrets.find(({ value }) => line.includes(value));
	if (known !== undefined) {
		return `the value of ${known.name}`;
	}
	return tokenShapes.some((shape) => shape.test(line)) ? 'what looks like a token' : null;
}
