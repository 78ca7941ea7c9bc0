import { readdir, readFile } from 'node:fs/promises';

/** Pids of the extension hosts below a server. A server may run several windows; each has one. */
export async function extensionHosts(serverPid: number): Promise<number[]> {
	const rows = await processRows();
	const below = new Set([serverPid]);
	for (let size = 0; size !== below.size; ) {
		size = below.size;
		for (const { pid, parent } of rows) {
			if (below.has(parent)) {
				below.add(pid);
			}
		}
	}
	return rows
		.filter(({ pid, command }) => below.has(pid) && command.includes('--type=extensionHost'))
		.map(({ pid }) => pid);
}

interface ProcessRow {
	readonly pid: number;
	readonly parent: number;
	readonly command: string;
}

async function processRows(): Promise<ProcessRow[]> {
	const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const rows = await Promise.all(
		names.map(async (name): Promise<ProcessRow | null> => {
			try {
				const stat = await readFile(`/proc/${name}/stat`, 'utf8');
				const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
				return { pid: Number(name), parent, command: await readFile(`/proc/${name}/cmdline`, 'utf8') };
			} catch {
				return null;
			}
		}),
	);
	return rows.filter((row) => row !== null);
}
