import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { NodeFileSource } from '../../src/server/nodeFileSource.ts';
import { withFolder } from '../support/withFolder.ts';

test('the disk is read below the workspace folder only', async () => {
	const files = {
		'docs/planning/tasks/A.yaml': 'id: A\n',
		'docs/planning/tasks/B.yaml': { link: '/etc/hostname' },
		'docs/planning/tasks/C.yaml': { link: '../../../c.txt' },
		'docs/planning/tasks/D.yaml': { link: 'D.yaml' },
		'c.txt': 'id: C\n',
	};
	await withFolder(files, async (folder) => {
		const folderUri = pathToFileURL(folder).href;
		const source = new NodeFileSource();
		const { paths, problems } = await source.search(folderUri);
		expect(problems).toEqual([]);
		const read = await Promise.all(paths.map((path) => source.read(folderUri, `${folderUri}/${path}`)));
		expect(read.map((found) => (found.kind === 'text' ? found.text : found.kind))).toEqual([
			'id: A\n',
			'outside',
			'id: C\n',
			'unreadable',
		]);
		expect(await source.read(folderUri, 'file:///etc/hostname')).toEqual({ kind: 'outside' });
		expect(await source.read(folderUri, `${folderUri}/gone.plan.yaml`)).toEqual({ kind: 'missing' });
	});
});

// Nothing is forbidden to root.
test.skipIf(process.getuid?.() === 0)(
	'a file without permission is unreadable, with the reason',
	async () => {
		await withFolder({}, async (folder) => {
			const file = join(folder, 'x.plan.yaml');
			await writeFile(file, '');
			await chmod(file, 0);
			const uri = pathToFileURL(folder).href;
			expect(await new NodeFileSource().read(uri, `${uri}/x.plan.yaml`)).toEqual({
				kind: 'unreadable',
				reason: 'no permission',
			});
		});
	},
);
