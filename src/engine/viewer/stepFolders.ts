import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { jobFiles } from '../files/runPaths.ts';

const mostSteps = 32;

/** Where the steps of a chain work, in their order; a chain begins with whichever step its attempt does first. */
export function stepFolders(folder: string): string[] {
	return Array.from({ length: mostSteps }, (_, index) => join(folder, `step-${index + 1}`));
}

/** A check of a step that can be shown: both numbers count from 1. */
export interface StepCheckFolder {
	readonly step: number;
	readonly check: number;
	readonly folder: string;
}

/** The checks of steps that were begun, by step and number. */
export function stepCheckFolders(folder: string): StepCheckFolder[] {
	return numbered(folder, 'step').flatMap((step) => {
		const place = join(folder, `step-${step}`);
		return numbered(place, 'check')
			.map((check) => ({ step, check, folder: join(place, `check-${check}`) }))
			.filter((found) => existsSync(join(found.folder, jobFiles.spec)));
	});
}

/** The numbers of the folders `<word>-<number>`, in order; what an earlier round left has another name. */
function numbered(folder: string, word: string): number[] {
	if (!existsSync(folder)) {
		return [];
	}
	return readdirSync(folder)
		.flatMap((name) => {
			const [, number] = new RegExp(`^${word}-(\\d+)$`).exec(name) ?? [];
			return number === undefined ? [] : Number(number);
		})
		.sort((a, b) => a - b);
}
