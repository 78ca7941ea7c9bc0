const graceMs = 2_000;

/**
 * Ends a process that was started detached, with everything in its group: asks first, then does not ask.
 * @param {number | undefined} pid undefined when the process could not be started: nothing to do
 */
export async function endProcessGroup(pid) {
	if (!signalGroup(pid, 'SIGTERM')) {
		return;
	}
	const limit = Date.now() + graceMs;
	while (Date.now() < limit && signalGroup(pid, 0)) {
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	signalGroup(pid, 'SIGKILL');
}

/**
 * The same without waiting and asking, for exit handlers.
 * @param {number | undefined} pid
 */
export function killProcessGroup(pid) {
	signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid, signal) {
	if (pid === undefined) {
		return false;
	}
	try {
		// Windows knows no process groups.
		process.kill(process.platform === 'win32' ? pid : -pid, signal);
		return true;
	} catch {
		return false;
	}
}
