/**
 * How a file would change. `new`: there is none yet. `addition`: a hand-written file gets something it did not have.
 * `update`: what planning wrote before, and nobody touched since. `overwrite`: a hand wrote or changed what would go.
 */
export type ChangeKind = 'new' | 'addition' | 'update' | 'overwrite';

/** One file that planning would write. */
export interface FileChange {
	readonly uri: string;
	readonly kind: ChangeKind;
	/** Null where there is no file yet. */
	readonly before: string | null;
	/** Null where the file would be deleted. */
	readonly after: string | null;
}

/** The change from one text to another, or none where they are the same but for their line ends. */
export function changeOf(change: FileChange): FileChange[] {
	const plain = (text: string | null) => text?.replace(/\r\n/g, '\n');
	return plain(change.before) === plain(change.after) ? [] : [change];
}
