import type { Position } from 'vscode-languageserver/node';
import type { CursorNode } from '../../core/plan/cursor/nodeAt.ts';
import type { CursorPlace } from '../../core/plan/cursor/placeAt.ts';
import type { PlanLookup } from './planLookup.ts';

/** Everything that decides what to offer. */
export interface CompletionSite {
	readonly uri: string;
	readonly node: CursorNode;
	readonly place: CursorPlace;
	/** The line of the cursor. */
	readonly line: string;
	readonly position: Position;
	/** Null when the file belongs to no plan that was read. */
	readonly lookup: PlanLookup | null;
	readonly canSnippet: boolean;
	/** The editor shows a few words at the end of each row. */
	readonly canDescribe: boolean;
}
