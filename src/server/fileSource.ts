import type { FileText } from '../core/plan/fileTree.ts';
import type { PlanSearch } from '../core/plan/searchPlans.ts';

/** The port through which the server reads a workspace: it knows URIs and nothing of disks (ARCHITECTURE). */
export interface FileSource {
	/** All planning files below a folder. Never rejects. */
	search(folderUri: string): Promise<PlanSearch>;
	/** One file of that folder. Never rejects. */
	read(folderUri: string, uri: string): Promise<FileText>;
	/** Whether there is such a file; a source that cannot say has no such method. Never rejects. */
	exists?(folderUri: string, uri: string): Promise<boolean>;
}
