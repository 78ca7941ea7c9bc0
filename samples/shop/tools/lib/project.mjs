// Reading and writing the project: everything the steps make lies below platform/.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A condition that a person can act on: shown as one line, without a stack. */
export class StepError extends Error {}

export const shop = JSON.parse(readFileSync(join(root, 'shop.json'), 'utf8'));

/** The text of a file that an earlier task wrote; `madeBy` names that task in the message if it is not there. */
export function readText(path, madeBy) {
	try {
		return readFileSync(join(root, path), 'utf8');
	} catch {
		throw new StepError(`${path} is missing. ${madeBy} writes it: run that first.`);
	}
}

export function readJson(path, madeBy) {
	const text = readText(path, madeBy);
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new StepError(`${path} is not JSON: ${error.message}`);
	}
}

export function listFiles(folder, madeBy) {
	try {
		return readdirSync(join(root, folder)).sort();
	} catch {
		throw new StepError(`${folder} is missing. ${madeBy} writes it: run that first.`);
	}
}

export function writeText(path, text) {
	const target = join(root, path);
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, text.endsWith('\n') ? text : `${text}\n`);
}

export function toJson(value) {
	return JSON.stringify(value, null, '\t');
}

export function price(cents) {
	return new Intl.NumberFormat('en', { style: 'currency', currency: shop.currency }).format(cents / 100);
}
