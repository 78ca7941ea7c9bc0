import { readReports } from './readReports.ts';

// dist/reports.js <request as JSON>: reads report files and ends, so that the engine, which lives long, never holds them.
const request = process.argv[2];
if (request === undefined) {
	console.error('usage: reports.js <request>');
	process.exitCode = 2;
} else {
	readReports(JSON.parse(request))
		.then((found) => process.stdout.write(JSON.stringify(found)))
		.catch((error: unknown) => {
			console.error(error instanceof Error ? error.message : String(error));
			process.exitCode = 1;
		});
}
