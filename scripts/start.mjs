// `npm start`: sets up what is missing, builds, and opens a real VS Code on a copy of a sample plan.
//   npm start -- --sample node-service     another folder of samples/
//   npm start -- --folder DIR              your own folder instead of a copy
//   npm start -- --no-open                 only print the address
//   npm start -- --served                  the browser-served VS Code although a desktop one is there
import { ensureCodeServer } from './setup/codeServer.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { readArguments } from './setup/readArguments.mjs';
import { runMain } from './setup/setupError.mjs';
import { chooseFolder, makeCopy } from './start/chooseFolder.mjs';
import { openDesktop } from './start/openDesktop.mjs';
import { openServed } from './start/openServed.mjs';
import { findDesktopCode } from './vscode/findDesktopCode.mjs';
import { packageExtension } from './vscode/packageExtension.mjs';

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const options = { sample: text, folder: text, served: flag, 'no-open': flag };
const known = '--sample NAME, --folder DIR, --served, --no-open';

await runMain(async () => {
	const { sample, folder, served, 'no-open': noOpen } = readArguments({ options }, known).values;
	const chosen = chooseFolder({ sample, folder });
	await ensurePackages();
	const { vsix, summary } = await packageExtension();
	console.log(`• built ${summary}`);
	const desktop = served ? { reason: '--served was given' } : await findDesktopCode();
	if ('command' in desktop) {
		return openDesktop({ desktop, opened: makeCopy(chosen) });
	}
	console.log(`• using the browser-served VS Code: ${desktop.reason}`);
	const codeServer = await ensureCodeServer();
	return openServed({ codeServer, vsix, opened: makeCopy(chosen), browser: !noOpen });
});
