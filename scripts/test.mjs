// `npm test`: sets up what is missing, runs the stages, and ends with a table and the line `N passed, N failed`.
//   npm test                       everything
//   npm test -- unit host          only these stages
//   npm test -- host --launch untrusted --grep trust
//   npm run test:long              also test/**/*.long.test.ts, and the full counts where tests read SWITCHYARD_LONG
import { ensurePackages } from './setup/packages.mjs';
import { readArguments } from './setup/readArguments.mjs';
import { runMain, SetupError } from './setup/setupError.mjs';
import { findLongTests } from './test/longTests.mjs';
import { prepareContext } from './test/prepareContext.mjs';
import { printSummary } from './test/printSummary.mjs';
import { stages } from './test/stages.mjs';

const argumentConfig = {
	allowPositionals: true,
	options: {
		long: { type: 'boolean', default: false },
		grep: { type: 'string' },
		launch: { type: 'string' },
	},
};

await runMain(async () => {
	const { values, positionals } = readArguments(argumentConfig, '--long, --grep TEXT, --launch NAME');
	const chosen = chooseStages(positionals);
	const started = Date.now();
	await ensurePackages();
	const context = await prepareContext(chosen, values);
	const results = [{ name: 'set-up', ms: Date.now() - started, skipped: [], note: '' }];
	for (const stage of chosen) {
		const result = await runStage(stage, context);
		results.push(result);
		if (result.failed > 0 && stage.stopsAll === true) {
			console.log(`\nWithout ${stage.name} the rest has nothing to test: stopped here.`);
			break;
		}
	}
	return printSummary(results, { leftOut: values.long ? [] : findLongTests(), chosen, all: stages });
});

function chooseStages(names) {
	const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
	if (unknown !== undefined) {
		const known = stages.map(({ name }) => name).join(', ');
		throw new SetupError(`there is no stage "${unknown}"`, `Choose from ${known}`);
	}
	const isChosen = (stage) => names.length === 0 || names.includes(stage.name);
	// What runs the bundles needs the bundles of now.
	const needsBuild = stages.some((stage) => isChosen(stage) && stage.needsBuild === true);
	return stages.filter((stage) => isChosen(stage) || (needsBuild && stage.name === 'build'));
}

async function runStage(stage, context) {
	console.log(`\n── ${stage.name}: ${stage.about}`);
	const started = Date.now();
	const result = { name: stage.name, passed: 0, failed: 0, skipped: [], note: '' };
	try {
		Object.assign(result, await stage.run(context));
	} catch (error) {
		console.error(error instanceof SetupError ? `switchyard: ${error.message}` : error);
		result.failed += 1;
	}
	return { ...result, ms: Date.now() - started };
}
