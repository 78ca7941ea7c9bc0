import { existsSync, readFileSync } from 'node:fs';

/**
 * Follows the report that test/host/index.ts writes, printing each line once.
 * @param {string} file
 */
export function followReport(file) {
	const results = { passed: 0, failed: 0, skipped: [], ended: false, version: undefined };
	let printed = 0;
	const read = () => {
		const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
		for (const line of lines.slice(printed)) {
			take(results, JSON.parse(line));
		}
		printed = lines.length;
	};
	const timer = setInterval(read, 250);
	return {
		/** @returns the counts, once VS Code is gone. */
		finish() {
			clearInterval(timer);
			read();
			return results;
		},
	};
}

function take(results, line) {
	switch (line.event) {
		case 'start':
			results.version = `${line.app} ${line.version}`;
			console.log(`  in ${results.version}`);
			break;
		case 'pass':
			results.passed += 1;
			console.log(`  ✓ ${line.title} (${line.ms} ms)`);
			break;
		case 'fail':
			results.failed += 1;
			console.log(`  ✗ ${line.title}\n${line.error.replace(/^/gm, '      ')}`);
			break;
		case 'pending':
			results.skipped.push(line.title);
			break;
		case 'end':
			results.ended = true;
			break;
		default:
			throw new Error(`unknown line in the report: ${JSON.stringify(line)}`);
	}
}
