import { chromiumRequirements, ensureChromium } from '../setup/chromium.mjs';
import { codeServerRequirements, ensureCodeServer } from '../setup/codeServer.mjs';
import { ensureSystemPackages } from '../setup/systemPackages.mjs';
import { findDesktopCode } from '../vscode/findDesktopCode.mjs';

/**
 * Gets the tools that the chosen stages need; a stage that names none costs no set-up.
 * @param {{needs?: string[]}[]} chosen
 * @param {{long: boolean, grep?: string, launch?: string}} options
 */
export async function prepareContext(chosen, { long, grep, launch }) {
	const needs = new Set(chosen.flatMap((stage) => stage.needs ?? []));
	const context = { long, grep, launch, desktop: { reason: 'not asked for' } };
	if (needs.has('anyVscode')) {
		context.desktop = await findDesktopCode();
	}
	if (needs.has('servedVscode') || (needs.has('anyVscode') && 'reason' in context.desktop)) {
		// In one go, so that whoever has to install by hand hears of everything at once.
		await ensureSystemPackages([...chromiumRequirements(), ...codeServerRequirements()]);
		context.chromium = await ensureChromium();
		context.codeServer = await ensureCodeServer();
	}
	return context;
}
