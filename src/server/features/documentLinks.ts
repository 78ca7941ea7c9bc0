import type { DocumentLink, Range } from 'vscode-languageserver/node';
import type { Task } from '../../core/plan/plan.ts';
import { staysInside } from '../../core/plan/rootPath.ts';
import { joinUri } from '../../core/plan/uris.ts';
import { canonicalUri } from '../canonicalUri.ts';
import type { LiveDocument } from '../liveDocument.ts';
import type { Feature, FeatureContext } from './feature.ts';

/** At most this many files are looked for at a time; the others of a huge plan are no links. */
const maxFiles = 500;

/** Links to the files that `prompt.file` and `produces` name, where they exist. */
export const documentLinkFeature: Feature = {
	capabilities: { documentLinkProvider: { resolveProvider: false } },
	register(connection, context) {
		connection.onDocumentLinks(async ({ textDocument }) => {
			const uri = canonicalUri(textDocument.uri);
			const document = context.document(uri);
			const lookup = context.freshLookup(uri);
			if (document === undefined || lookup === null) {
				return null;
			}
			const { rootUri } = lookup.plan.id;
			const places = (lookup.part(uri)?.tasks ?? [])
				.filter(({ range }) => range.uri === uri)
				.flatMap((task) => placesOf(document, task))
				.slice(0, maxFiles);
			return await existing(context, rootUri, places);
		});
	},
};

interface FilePlace {
	readonly path: string;
	readonly range: Range;
}

function placesOf(document: LiveDocument, task: Task): FilePlace[] {
	const paths = [
		...(task.prompt?.kind === 'file' ? [{ field: 'prompt', path: task.prompt.path }] : []),
		...task.produces.map((path) => ({ field: 'produces', path })),
	].filter(({ path }) => path !== '' && staysInside(path) && !/[*?[\]{}!]/.test(path));
	if (paths.length === 0) {
		return [];
	}
	const text = document.getText(task.range);
	const offset = document.offsetAt(task.range.start);
	return paths.flatMap(({ field, path }) => {
		const from = text.search(new RegExp(`(^|[\\s{,"'])${field}["']?\\s*:`));
		const at = from === -1 ? -1 : text.indexOf(path, from + field.length);
		if (at === -1) {
			return [];
		}
		const [start, end] = [offset + at, offset + at + path.length];
		return [{ path, range: { start: document.positionAt(start), end: document.positionAt(end) } }];
	});
}

async function existing(
	context: FeatureContext,
	rootUri: string,
	places: readonly FilePlace[],
): Promise<DocumentLink[]> {
	const links: DocumentLink[] = [];
	for (const { path, range } of places) {
		const target = canonicalUri(joinUri(rootUri, path));
		// Where nobody can say, a link that may lead nowhere is worth less than none.
		if ((await context.exists(target)) === true) {
			links.push({ range, target });
		}
	}
	return links;
}
