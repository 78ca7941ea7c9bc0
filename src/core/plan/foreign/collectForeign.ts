import type { PlanFile } from '../plan.ts';
import { compareNames } from '../planFiles.ts';
import { detectForeign } from './detectForeign.ts';
import type { ForeignFormat } from './foreignPlan.ts';

/** Files by their paths with `/`, wherever they are. */
export interface ForeignSource {
	/** Null for what is not there or no text. */
	read(path: string): Promise<PlanFile | null>;
	/** Names of the files in a folder; empty when there is none. */
	list(folder: string): Promise<readonly string[]>;
}

/** Folders that Backlog.md keeps tasks in, beside each other. */
export const backlogFolders: readonly string[] = ['tasks', 'completed', 'drafts'];

/** The plan that one file belongs to: Backlog.md has its other tasks in files beside it. Null for no plan. */
export async function collectForeign(
	source: ForeignSource,
	path: string,
): Promise<{ readonly format: ForeignFormat; readonly files: readonly PlanFile[] } | null> {
	const file = await source.read(path);
	const format = file === null ? null : detectForeign(path, file.text);
	if (file === null || format === null) {
		return null;
	}
	if (format !== 'backlog') {
		return { format, files: [file] };
	}
	const folder = path.slice(0, path.lastIndexOf('/'));
	const root = folder.slice(0, folder.lastIndexOf('/'));
	const isInside = backlogFolders.includes(folder.slice(folder.lastIndexOf('/') + 1));
	const folders = isInside ? backlogFolders.map((name) => `${root}/${name}`) : [folder];
	const files: PlanFile[] = [];
	for (const place of folders) {
		for (const name of [...(await source.list(place))].sort(compareNames)) {
			const one = name.endsWith('.md') ? await source.read(`${place}/${name}`) : null;
			if (one !== null && detectForeign(name, one.text) === 'backlog') {
				files.push(one);
			}
		}
	}
	return { format, files };
}
