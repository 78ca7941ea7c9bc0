/** Who a process is, so that its death can be told from a recycled pid (D3). */
export interface ProcessIdentity {
	readonly pid: number;
	/** Start time in the kernel's own units, as a string; empty where the platform has none. */
	readonly startTime: string;
	/** Boot id of the machine. */
	readonly boot: string;
	/** Host name and pid namespace. */
	readonly host: string;
}
