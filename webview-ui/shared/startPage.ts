import type { MountOptions } from './mountPage.tsx';
import { readPage } from './readPage.ts';
import { connectToEditor } from './vscodeApi.ts';

/** Starts the page of a document that the host wrote. `english` are its texts; what the host translated takes their place. */
export function startPage<S extends Readonly<Record<string, string>>>(
	english: S,
	mount: (options: MountOptions<S>, worker: string) => unknown,
): void {
	const root = document.querySelector('#root');
	if (root === null) {
		return;
	}
	const { session, plan, strings, worker } = readPage(document.body);
	mount({ root, session, plan, host: connectToEditor(), strings: { ...english, ...strings } }, worker);
}
