import { defineConfig } from 'vitest/config';
import { foldVersion } from './scripts/foldVersion.mjs';

// Files named *.long.test.ts are for `npm run test:long`.
const exclude = process.env.SWITCHYARD_LONG === '1' ? [] : ['**/*.long.test.{ts,tsx}'];

// `unit` and `webview` have no processes and no disk, `engine` starts real ones (engines, runners, kill -9), `e2e` clicks
// through the packaged extension in a real VS Code.
export default defineConfig({
	// As in the bundles: what they leave on disk is read by tests, and the other way round.
	define: { SWITCHYARD_FOLD: JSON.stringify(foldVersion()) },
	oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
	test: {
		// A limit for what hangs, far above what anything takes: a busy machine must not fail a test.
		testTimeout: 60_000,
		hookTimeout: 60_000,
		projects: [
			{ extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], exclude } },
			{
				extends: true,
				test: {
					name: 'webview',
					include: ['test/webview/**/*.test.{ts,tsx}'],
					exclude,
					environment: 'happy-dom',
				},
			},
			{ extends: true, test: { name: 'corpus', include: ['test/corpus/**/*.test.ts'], exclude } },
			{
				extends: true,
				test: {
					name: 'engine',
					include: ['test/engine/**/*.test.ts', 'test/faults/**/*.test.ts', 'test/cli/**/*.test.ts'],
					exclude,
					fileParallelism: false,
				},
			},
			{
				extends: true,
				test: {
					name: 'e2e',
					include: ['test/e2e/**/*.test.ts'],
					exclude,
					globalSetup: ['test/e2e/globalSetup.ts'],
					setupFiles: ['test/e2e/screenshotOnFailure.ts'],
					testTimeout: 240_000,
					hookTimeout: 240_000,
					fileParallelism: false,
					// A browser, a server and an extension host on two cores: one click may be lost in a way that no wait
					// foresees. The report says "retry x1" where that happened, and it is a defect of the test.
					retry: 1,
				},
			},
		],
	},
});
