/** Rows as aligned lines, indented by two; `sides` says for each column whether it stands left (`l`) or right (`r`). */
export function table(rows: readonly (readonly string[])[], sides: string): string[] {
	const widths: number[] = [];
	for (const row of rows) {
		for (const [index, cell] of row.entries()) {
			widths[index] = Math.max(widths[index] ?? 0, cell.length);
		}
	}
	return rows.map((row) => {
		const cells = row.map((cell, index) =>
			sides[index] === 'r' ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0),
		);
		return `  ${cells.join('  ')}`.trimEnd();
	});
}
