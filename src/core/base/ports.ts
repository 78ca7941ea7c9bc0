/** Where a component says what it does. The host writes to an output channel, the engine to its log, tests to nothing. */
export interface Logger {
	debug(message: string): void;
	info(message: string): void;
	warn(message: string): void;
	error(message: string): void;
}

/** The time of day, in milliseconds since the Unix epoch. */
export interface Clock {
	now(): number;
}

/** A logger for callers that do not care. */
export const silentLogger: Logger = {
	debug() {},
	info() {},
	warn() {},
	error() {},
};
