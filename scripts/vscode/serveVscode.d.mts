export interface VscodeServer {
	readonly url: string;
	readonly port: number;
	readonly pid: number;
	readonly ended: Promise<number | null>;
	stop(): Promise<void>;
}
export function serveVscode(options: {
	codeServer: { node: string; entry: string };
	userData: string;
	extensions: string;
	trustEverything: boolean;
	env: Record<string, string>;
	args?: string[];
}): Promise<VscodeServer>;
