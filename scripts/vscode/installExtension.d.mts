export function installExtension(options: {
	codeServer: { node: string; entry: string };
	vsix: string;
	extensions: string;
	userData: string;
	env: Record<string, string>;
}): Promise<void>;
