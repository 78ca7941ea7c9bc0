/** Proves at compile time that a switch is exhaustive; at run time names the value that should not exist. */
export function assertNever(value: never): never {
	throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
