/** What all e2e tests of one run share; made once by test/e2e/globalSetup.ts and handed on by vitest. */
export interface TestWorld {
	/** The temporary folder in which every workbench makes its own; removed at the end. */
	readonly root: string;
	/** The folder with the packaged extension, installed. */
	readonly extensions: string;
	readonly codeServer: { readonly node: string; readonly entry: string };
	readonly chromium: string;
}

declare module 'vitest' {
	interface ProvidedContext {
		world: TestWorld;
	}
}
