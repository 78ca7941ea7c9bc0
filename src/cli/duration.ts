/** A duration for people, from minutes: `3.2 s`, `4 min 07 s`, `1 h 02 min`, `38 h 00 min`. */
export function duration(minutes: number): string {
	const seconds = Math.max(0, minutes * 60);
	if (seconds < 60) {
		return `${seconds.toFixed(1)} s`;
	}
	const whole = Math.round(seconds);
	if (whole < 3_600) {
		return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
	}
	const full = Math.round(seconds / 60);
	return `${Math.floor(full / 60)} h ${pad(full % 60)} min`;
}

/** How actual and estimated time compare: `0.52 ×`; two digits that mean something, at any size. */
export function times(ratio: number): string {
	return `${Number(ratio.toPrecision(2))} ×`;
}

function pad(value: number): string {
	return String(value).padStart(2, '0');
}
