import type { PrdPath } from './prdDocument.ts';

/** Something that a constraint settles: the answer to a question, with the words it was said in. */
export interface KnownFact {
	readonly path: PrdPath;
	readonly value: string | readonly string[];
	readonly words: string;
}

type Technology = readonly [word: RegExp, value: string];

const languages: readonly Technology[] = [
	[/\bpython\b/i, 'python'],
	[/\btypescript\b/i, 'typescript'],
	[/\bjavascript\b/i, 'javascript'],
	[/\bgolang\b|(^|[,;])\s*go\s*($|[,;])/i, 'go'],
	[/\bjava\b/i, 'java'],
	[/\bkotlin\b/i, 'kotlin'],
	[/\brust\b/i, 'rust'],
	[/\bruby\b/i, 'ruby'],
	[/\bphp\b/i, 'php'],
	[/(\bc#|\.net\b)/i, 'c#'],
	[/\belixir\b/i, 'elixir'],
];

const frameworks: readonly (readonly [word: RegExp, value: string, language: string])[] = [
	[/\bfastapi\b/i, 'fastapi', 'python'],
	[/\bdjango\b/i, 'django', 'python'],
	[/\bflask\b/i, 'flask', 'python'],
	[/\bnest(\.?js)\b/i, 'nestjs', 'typescript'],
	[/\bexpress(\.?js)?\b/i, 'express', 'typescript'],
	[/\bfastify\b/i, 'fastify', 'typescript'],
	[/\bnode(\.?js)?\b/i, 'node', 'typescript'],
	[/\bspring( boot)?\b/i, 'spring', 'java'],
	[/\b(ruby on )?rails\b/i, 'rails', 'ruby'],
	[/\blaravel\b/i, 'laravel', 'php'],
	[/\bphoenix\b/i, 'phoenix', 'elixir'],
];

const frontends: readonly Technology[] = [
	[/\bnext\.?js\b/i, 'next.js'],
	[/\breact\b/i, 'react'],
	[/\bvue(\.?js)?\b/i, 'vue'],
	[/\bangular\b/i, 'angular'],
	[/\bsvelte(kit)?\b/i, 'svelte'],
	[/\b(no frontend|backend only|api only|without a frontend)\b/i, 'none'],
];

const databases: readonly Technology[] = [
	[/\bpostgres(ql)?\b/i, 'postgresql'],
	[/\bmysql\b/i, 'mysql'],
	[/\bmariadb\b/i, 'mariadb'],
	[/\bsqlite\b/i, 'sqlite'],
	[/\bmongo(db)?\b/i, 'mongodb'],
	[/\b(no database|without a database)\b/i, 'none'],
];

const places: readonly Technology[] = [
	[/\b(docker|containeri[sz]ed|containers?)\b/i, 'Docker'],
	[/\b(kubernetes|k8s)\b/i, 'Kubernetes'],
	[/\baws\b/i, 'AWS'],
	[/\bazure\b/i, 'Azure'],
	[/\b(gcp|google cloud)\b/i, 'Google Cloud'],
];

/** What constraints such as “Python, FastAPI, PostgreSQL, Docker, solo developer” settle. The first of a kind counts. */
export function readConstraints(text: string): KnownFact[] {
	const framework = frameworks.find(([word]) => word.test(text));
	const language = first(languages, text) ?? (framework === undefined ? null : impliedBy(framework, text));
	const facts = [
		fact(['technology', 'backend', 'language'], language),
		fact(
			['technology', 'backend', 'framework'],
			framework === undefined ? null : { value: framework[1], words: wordsOf(framework[0], text) },
		),
		fact(['technology', 'frontend', 'framework'], first(frontends, text)),
		fact(['technology', 'database', 'system'], first(databases, text)),
	];
	const where = places.filter(([word]) => word.test(text));
	if (where.length > 0) {
		facts.push({
			path: ['technical', 'deployment'],
			value: where.map(([, value]) => value),
			words: where.map(([word]) => wordsOf(word, text)).join(', '),
		});
	}
	return facts.filter((one) => one !== null);
}

interface Found {
	readonly value: string;
	readonly words: string;
}

function first(table: readonly Technology[], text: string): Found | null {
	const found = table.find(([word]) => word.test(text));
	return found === undefined ? null : { value: found[1], words: wordsOf(found[0], text) };
}

function impliedBy([word, , language]: readonly [RegExp, string, string], text: string): Found {
	return { value: language, words: wordsOf(word, text) };
}

function fact(path: PrdPath, found: Found | null): KnownFact | null {
	return found === null ? null : { path, ...found };
}

function wordsOf(word: RegExp, text: string): string {
	return (word.exec(text)?.[0] ?? '').replace(/[,;\s]+/g, ' ').trim();
}
