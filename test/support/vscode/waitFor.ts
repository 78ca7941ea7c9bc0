const limitMs = 60_000;
const pauseMs = 100;

/**
 * Asks again and again until there is an answer.
 * @param what is waited for, said when it does not come
 * @param ask gives undefined or false for "not yet"; an error counts as that too and is said at the end
 */
export async function waitFor<T>(
	what: string,
	ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
	const limit = Date.now() + limitMs;
	let problem = '';
	while (Date.now() < limit) {
		try {
			const answer = await ask();
			if (answer !== undefined && answer !== false) {
				return answer;
			}
		} catch (error) {
			problem = `; last error: ${error instanceof Error ? error.message : String(error)}`;
		}
		await new Promise((resolve) => setTimeout(resolve, pauseMs));
	}
	throw new Error(`waited ${limitMs / 1000} s for ${what}${problem}`);
}
