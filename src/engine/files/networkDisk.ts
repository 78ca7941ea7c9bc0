import { statfs } from 'node:fs/promises';

/** What Linux says of file systems whose files lie on another machine (statfs(2)). */
const networkTypes: ReadonlyMap<number, string> = new Map([
	[0x6969, 'NFS'],
	[0x517b, 'SMB'],
	[0xff534d42, 'SMB'],
	[0xfe534d42, 'SMB'],
	[0x01021997, '9P'],
	[0x5346414f, 'AFS'],
	[0x00c36400, 'Ceph'],
	[0x0bd00bd0, 'Lustre'],
]);

/** The name of the network file system that a folder lies on; null where it lies on none, or nobody can tell. */
export async function networkDiskOf(folder: string): Promise<string | null> {
	if (process.platform === 'win32') {
		return /^[\\/]{2}(?![?.][\\/])/.test(folder) ? 'a network share' : null;
	}
	if (process.platform !== 'linux') {
		// Other systems number their file systems as they come.
		return null;
	}
	// Some file systems have their number as a negative one.
	const type = await statfs(folder).then(
		(found) => found.type >>> 0,
		() => 0,
	);
	return networkTypes.get(type) ?? null;
}

/** D7: the order of lines rests on appends that are whole, which such file systems do not promise between two machines. */
export async function networkDiskWarning(folder: string): Promise<string | null> {
	const name = await networkDiskOf(folder);
	return name === null
		? null
		: `${folder} lies on a network file system (${name}), where lines that two machines append at once can be lost. Run this plan from one machine at a time, or from a folder on a disk of its own.`;
}
