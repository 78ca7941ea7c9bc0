import type { FileText } from './fileTree.ts';
import type { PlanFile } from './plan.ts';

/** A file of a plan from what reading it gave: its text, or the fault that stands in its place. Null when it is gone. */
export function toPlanFile(uri: string, found: FileText): PlanFile | null {
	switch (found.kind) {
		case 'text':
			return { uri, text: found.text };
		case 'missing':
			return null;
		case 'outside': {
			const message =
				'This is a symbolic link to a file outside the workspace, so it is not read. Copy the file into the workspace.';
			return { uri, text: '', fault: { code: 'SY109', message } };
		}
		case 'too-large': {
			const size = `${Math.round(found.bytes / 1024 / 1024)} MB`;
			const message = `This file has ${size}, so it is not read: 32 MB is the limit. Split the plan.`;
			return { uri, text: '', fault: { code: 'SY103', message } };
		}
		case 'unreadable': {
			const message = `This file cannot be read (${found.reason}). Allow reading it, or remove it.`;
			return { uri, text: '', fault: { code: 'SY108', message } };
		}
	}
}
