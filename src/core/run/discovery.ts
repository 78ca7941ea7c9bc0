/** What a worker, or somebody in a task's terminal, found while working (R1). Nothing in it is verified. */
export type Discovery = FoundTask | FoundChange | FoundNote;

/** Work that the plan does not have yet. */
export interface FoundTask {
	readonly kind: 'task';
	readonly title: string;
	readonly description?: string;
	readonly type?: string;
	readonly estimateHours?: number;
	readonly priority?: number;
	readonly agent?: string;
	readonly persona?: string;
	/** An argument list, or one line for the shell. */
	readonly run?: readonly string[] | string;
	readonly acceptanceCriteria?: readonly string[];
	/** Ids of tasks, or titles of others that were found. */
	readonly dependsOn: readonly string[];
	/** Ids of tasks that have to wait for it. */
	readonly blocks: readonly string[];
	/** The task whose work it takes a part of: it waits for the same, and the same tasks wait for it. */
	readonly splits?: string;
}

/** Another priority of a task, or something more that it has to wait for. */
export interface FoundChange {
	readonly kind: 'change';
	readonly target: string;
	readonly priority?: number;
	readonly dependsOn: readonly string[];
}

/** A sentence that changes no plan by itself. */
export interface FoundNote {
	readonly kind: 'note';
	readonly text: string;
}

/** Where a discovery came from: `report.json`, `switchyard discover`, or a file that somebody left in the attempt. */
export type DiscoveryWay = 'report' | 'command' | 'file';

/** The discovery in a few words. */
export function discoveryTitle(what: Discovery): string {
	switch (what.kind) {
		case 'task':
			return what.title;
		case 'change':
			return `Change of ${what.target}`;
		case 'note':
			return what.text;
	}
}
