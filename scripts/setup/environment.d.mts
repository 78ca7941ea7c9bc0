export function userEnvironment(extra?: Record<string, string | undefined>): Record<string, string>;
export function testEnvironment(
	home: string,
	extra?: Record<string, string | undefined>,
): Record<string, string>;
