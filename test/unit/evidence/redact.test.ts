import { describe, expect, test } from 'vitest';
import { toPlainText } from '../../../src/core/evidence/plainText.ts';
import { findSecrets, redactLines } from '../../../src/core/evidence/redact.ts';

describe('secrets of an environment', () => {
	test('are recognised by the names of their variables', () => {
		const hidden = [
			'API_KEY',
			'GITHUB_TOKEN',
			'AWS_SECRET_ACCESS_KEY',
			'DB_PASSWORD',
			'npm_config__authToken',
			'my-token',
			'MYSQL_PWD',
		];
		const shown = [
			'PATH',
			'PWD',
			'OLDPWD',
			'HOME',
			'SSH_AUTH_SOCK',
			'KEYBOARD',
			'TOKENIZERS_PARALLELISM',
			'SECRET_FILE',
		];
		const env = Object.fromEntries([...hidden, ...shown].map((name) => [name, `value-of-${name}`]));
		expect(findSecrets(env).map(({ name }) => name)).toEqual(hidden);
	});

	test('are not taken from values that would redact everything', () => {
		expect(findSecrets({ API_KEY: '1', TOKEN: 'true', PASSWORD: '', SECRET: undefined })).toEqual([]);
	});

	test('of several lines count line by line', () => {
		const secrets = findSecrets({ DEPLOY_KEY: 'first-part\nsecond-part\n' });
		expect(redactLines('a first-part b\nsecond-part', secrets)).toBe(
			'[line redacted: it held the value of DEPLOY_KEY]\n[line redacted: it held the value of DEPLOY_KEY]',
		);
	});
});

describe('lines that look like secrets', () => {
	// Put together here, so that this file holds nothing that looks like a token to a scanner.
	const letters = 'abcdefghij0123456789ABCDEFGHIJ012345';
	const tokens = [
		`ghp_${letters}`,
		`github_pat_${letters}${letters}`,
		`glpat-${letters}`,
		`sk-${letters}`,
		`sk-ant-api03-${letters}`,
		`xoxb-${letters}`,
		`AKIA${'A1'.repeat(8)}`,
		`npm_${letters}`,
		`eyJ${letters}.eyJ${letters}.${letters}`,
		`Authorization: Basic ${letters}`,
		`bearer ${letters}`,
		`postgres://app:${letters}@localhost/shop`,
		`STRIPE_SECRET_KEY=${letters}`,
		`export DB_PASSWORD="${letters}"`,
	];
	test.each(tokens)('%s', (token) => {
		expect(redactLines(`before\nx ${token} y\nafter`, [])).toBe(
			'before\n[line redacted: it held what looks like a token]\nafter',
		);
	});

	const harmless = [
		'the token is read from the environment',
		'TOKEN=$TOKEN',
		'password: at least eight characters',
		'sk-learn 1.2',
		'see https://example.com/a:b@c',
		'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
		'basic internationalisation of messages',
	];
	test.each(harmless)('%s: stays', (line) => {
		expect(redactLines(line, [])).toBe(line);
	});

	test('private keys go as a whole, and what follows stays', () => {
		const name = 'RSA PRIVATE KEY';
		const text = `a\n-----BEGIN ${name}-----\nMIIE\nabc\n-----END ${name}-----\nb`;
		const gone = '[line redacted: it held a private key]';
		expect(redactLines(text, [])).toBe(['a', gone, gone, gone, gone, 'b'].join('\n'));
	});
});

describe('plain text of an output', () => {
	test.each([
		['\u001b[1;31mred\u001b[0m', 'red'],
		['a\r\nb\rc', 'a\nb\nc'],
		['\u001b]0;title\u0007x\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'xlink'],
		['\u001b(B\u001b[?25l\u001b[2Kx\u001b7\u001b=y', 'xy'],
		['tab\tand\u0000NUL\u0008', 'tab\tandNUL'],
		['safe\u202egnp.exe', 'safegnp.exe'],
		['cut off \u001b[31', 'cut off 31'],
		['ümläut 🚂', 'ümläut 🚂'],
	])('%j', (output, expected) => {
		expect(toPlainText(output)).toBe(expected);
	});
});
