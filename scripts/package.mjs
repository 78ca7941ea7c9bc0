// Builds the production bundles and packs them into switchyard-VERSION.vsix; says what is in it and how large it is.
import { ensurePackages } from './setup/packages.mjs';
import { runMain } from './setup/setupError.mjs';
import { packageExtension } from './vscode/packageExtension.mjs';

await runMain(async () => {
	await ensurePackages();
	const { vsix, summary } = await packageExtension();
	console.log(`${vsix}: ${summary}`);
});
