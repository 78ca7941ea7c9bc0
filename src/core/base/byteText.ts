const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size for a person, in powers of 1000: `0 B`, `1.5 KB`, `12 MB`. */
export function byteText(bytes: number): string {
	const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** power;
	return `${power === 0 || value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} ${units[power] ?? 'B'}`;
}
