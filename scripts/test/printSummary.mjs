/**
 * Prints the table of all stages, what was left out, and the line that a CI reads.
 * @returns {number} the exit code
 */
export function printSummary(results, { leftOut, chosen, all }) {
	console.log('\n── summary');
	for (const result of results) {
		console.log(formatRow(result));
	}
	for (const title of results.flatMap(({ name, skipped }) => skipped.map((text) => `${name}: ${text}`))) {
		console.log(`  skipped ${title}`);
	}
	for (const file of leftOut) {
		console.log(`  left out ${file} (npm run test:long)`);
	}
	const others = all.filter((stage) => !chosen.includes(stage)).map(({ name }) => name);
	if (others.length > 0) {
		console.log(`  not asked for: ${others.join(', ')}`);
	}
	const total = (key) => results.reduce((sum, result) => sum + (result[key] ?? 0), 0);
	console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
	return total('failed') > 0 ? 1 : 0;
}

function formatRow({ name, passed, failed, skipped, ms, note }) {
	const mark = passed === undefined ? 'ready ' : failed > 0 ? 'FAILED' : 'ok    ';
	const counts = passed === undefined ? '' : `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
	const seconds = `${(ms / 1000).toFixed(1)} s`;
	return `  ${mark} ${name.padEnd(8)} ${seconds.padStart(8)}  ${counts.padEnd(36)} ${note}`.trimEnd();
}
