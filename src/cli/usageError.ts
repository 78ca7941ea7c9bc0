/** The words of a command mean nothing here; the message says what would. Ends with exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
