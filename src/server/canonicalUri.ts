import { URI } from 'vscode-uri';

/** One spelling for each URI: editors differ in what they encode. A folder loses its trailing slash. */
export function canonicalUri(uri: string): string {
	return URI.parse(uri).toString().replace(/\/$/, '');
}
