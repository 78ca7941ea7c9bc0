import type { Located } from './plan.ts';

/**
 * The ids under `tasks` of a state file that it calls completed. State files grow with their plan and are written after every
 * task, so that they are looked through line by line: what is not written as Switchyard writes it is passed over.
 */
export function completedTasks(uri: string, text: string): Located<string>[] {
	const found: Located<string>[] = [];
	let inTasks = false;
	let task: Located<string> | null = null;
	for (const [line, content] of text
		.replace(/^\uFEFF/, '')
		.split('\n')
		.entries()) {
		if (/^[^\s#]/.test(content)) {
			inTasks = /^tasks:\s*$/.test(content);
			task = null;
			continue;
		}
		const key = inTasks ? /^ {2}(\S.*):\s*$/.exec(content)?.[1] : undefined;
		if (key !== undefined) {
			const start = { line, character: 2 };
			const range = { uri, start, end: { line, character: 2 + key.length } };
			task = { value: unquote(key), range };
		} else if (task !== null && /^ {4}status:\s*["']?completed["']?\s*$/.test(content)) {
			found.push(task);
			task = null;
		}
	}
	return found;
}

function unquote(key: string): string {
	if (!key.startsWith('"')) {
		return key.replace(/^'(.*)'$/, '$1');
	}
	try {
		return String(JSON.parse(key));
	} catch {
		// An escape that only YAML has: the text itself is then the best name there is.
		return key.slice(1, -1);
	}
}
