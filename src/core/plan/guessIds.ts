import { baseName } from './uris.ts';

/** Says of an id whether a file probably holds it. */
export interface IdGuess {
	has(id: string): boolean;
}

/** What looks like the id of something in a text that cannot be read. An id that is written twice comes twice. */
export function guessIds(text: string): string[] {
	return [...text.matchAll(/(?:^|[\s{,])["']?id["']?[ \t]*:[ \t]*["']?([^\s"',}#]+)/g)].map(
		(match) => match[1] ?? '',
	);
}

/** A file is often called like what it holds. */
export function nameAsId(uri: string): string {
	return baseName(uri).replace(/\.\w+$/, '');
}
