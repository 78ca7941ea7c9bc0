/** A failure with a known way out: printed as one line, never as a stack trace. */
export class SetupError extends Error {
	/**
	 * @param {string} message what is wrong, in a few words
	 * @param {string} [remedy] what the person can do about it, in the imperative
	 * @param {ErrorOptions} [options]
	 */
	constructor(message, remedy, options) {
		super(remedy === undefined ? message : `${message}. ${remedy}`, options);
		this.name = 'SetupError';
	}
}

/**
 * Runs the main function of a script: known failures end as one line and exit code 1, unknown ones keep their stack.
 * @param {() => Promise<number | undefined>} main gives the exit code
 */
export async function runMain(main) {
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		process.exitCode = 1;
		console.error(error instanceof SetupError ? `switchyard: ${error.message}` : error);
	}
}
