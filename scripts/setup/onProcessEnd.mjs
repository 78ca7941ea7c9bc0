const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Calls a function when this process ends, also by a signal: what we started ends with us, partial folders go.
 * @param {() => void} action must not wait for anything
 * @returns {() => void} call it once the action is no longer needed
 */
export function onProcessEnd(action) {
	for (const [signal, exit] of Object.entries(signalHandlers)) {
		// Without a listener Node dies of the signal and skips the exit handlers.
		if (!process.listeners(signal).includes(exit)) {
			process.on(signal, exit);
		}
	}
	// The latest comes first: programs are ended before the folders that they write into are taken away.
	process.prependOnceListener('exit', action);
	return () => process.removeListener('exit', action);
}

const signalHandlers = Object.fromEntries(
	Object.entries(signals).map(([signal, code]) => [signal, () => process.exit(code)]),
);
