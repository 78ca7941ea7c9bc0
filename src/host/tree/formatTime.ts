/** An estimate: `45 min`, `1.5 h`, `24 h`. */
export function formatMinutes(minutes: number): string {
	if (minutes < 60) {
		return `${Math.round(minutes)} min`;
	}
	return `${Math.round((minutes / 60) * 10) / 10} h`;
}

/** A time that passed: `8 s`, `3 min 05 s`, `1 h 02 min`. */
export function formatElapsed(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	if (seconds < 60) {
		return `${seconds} s`;
	}
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) {
		return `${minutes} min ${pad(seconds % 60)} s`;
	}
	return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

function pad(value: number): string {
	return String(value).padStart(2, '0');
}
