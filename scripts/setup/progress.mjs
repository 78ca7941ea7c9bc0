const tickMs = 15_000;

/**
 * Says what goes on while a long step runs: a line at the start, one every 15 seconds, one at the end with the time.
 * @template T
 * @param {string} what for example `code-server 4.139.1: installing`
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function withProgress(what, step) {
	const started = Date.now();
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	console.log(`• ${what} …`);
	const timer = setInterval(() => console.log(`  … still at it, ${seconds()}`), tickMs);
	try {
		const result = await step();
		console.log(`  done in ${seconds()}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
