import type { Command } from 'commander';
import { byteText } from '../core/base/byteText.ts';
import type { OldRun } from '../engine/journal/oldRuns.ts';
import { oldRuns, removeRun } from '../engine/journal/oldRuns.ts';
import { callLoader } from '../engine/run/callLoader.ts';
import { locatePlan } from './locatePlan.ts';
import { UsageError } from './usageError.ts';

interface CleanFlags {
	readonly olderThan?: string;
	readonly keep?: string;
	readonly run?: readonly string[];
	readonly yes?: boolean;
	readonly json?: boolean;
	readonly plan?: string;
}

const dayMs = 86_400_000;

/** `switchyard clean`: removes the raw files of earlier runs. Shows what would go, and does it with `--yes` only. */
export function registerClean(program: Command): void {
	program
		.command('clean')
		.description(
			'Remove the journals and outputs of earlier runs. Evidence stays, and so does a run whose evidence is nowhere else.',
		)
		.argument('[PATH]', 'workspace folder or plan file', '.')
		.option('--older-than <DAYS>', 'only runs that began so long ago')
		.option('--keep <N>', 'keep so many of the newest, beside the newest of all', '0')
		.option('--run <ID...>', 'only these')
		.option('--yes', 'remove them; without it they are only shown')
		.option('--plan <KEY>', 'which plan, where a folder holds several')
		.option('--json', 'print an object instead of text')
		.action(async (path: string, flags: CleanFlags) => {
			if (process.env['SWITCHYARD_ATTEMPT'] !== undefined) {
				throw new UsageError('This is a task of a run: it cannot remove runs (T7).');
			}
			await clean(path, flags);
		});
}

async function clean(path: string, flags: CleanFlags): Promise<void> {
	const { plan, yes = false, json = false } = flags;
	const place = locatePlan(await callLoader({ path, ...(plan === undefined ? {} : { planKey: plan }) }));
	const runs = await oldRuns(place.rootPath, place.key);
	const asked = chosenOf(runs, flags);
	const going = asked.filter(({ obstacle }) => obstacle === null);
	const staying = asked.filter(({ obstacle }) => obstacle !== null);
	if (yes) {
		for (const run of going) {
			await removeRun(place.rootPath, run);
		}
	}
	const text = json ? JSON.stringify(toJson(going, staying, yes), null, 2) : toText(going, staying, yes);
	process.stdout.write(`${text}\n`);
}

function chosenOf(
	runs: readonly OldRun[],
	{ run: ids, olderThan, keep = '0' }: CleanFlags,
): readonly OldRun[] {
	const unknown = ids?.find((id) => !runs.some(({ run }) => run === id));
	if (unknown !== undefined) {
		throw new UsageError(
			`There is no run ${unknown}. There are: ${runs.map(({ run }) => run).join(', ') || 'none'}.`,
		);
	}
	const before = Date.now() - (olderThan === undefined ? 0 : numberOf('--older-than', olderThan) * dayMs);
	// The newest stays anyway, and nobody has to be told so each time.
	const spared = new Set(runs.slice(-Math.floor(numberOf('--keep', keep)) - 1));
	return runs.filter((run) =>
		ids === undefined ? run.createdAt < before && !spared.has(run) : ids.includes(run.run),
	);
}

function numberOf(option: string, text: string): number {
	const value = Number(text);
	if (!(value >= 0)) {
		throw new UsageError(`${option} wants a number, not ${text}.`);
	}
	return value;
}

function toJson(going: readonly OldRun[], staying: readonly OldRun[], isDone: boolean): object {
	const facts = ({ run, plan, createdAt, completed, total, bytes }: OldRun) => {
		return { run, plan, createdAt: new Date(createdAt).toISOString(), completed, total, bytes };
	};
	return {
		removed: isDone ? going.map(facts) : [],
		removable: isDone ? [] : going.map(facts),
		kept: staying.map((run) => ({ ...facts(run), reason: run.obstacle })),
	};
}

function toText(going: readonly OldRun[], staying: readonly OldRun[], isDone: boolean): string {
	const line = ({ run, completed, total, bytes }: OldRun) =>
		`  ${run}  ${completed}/${total} completed  ${byteText(bytes)}`;
	const sum = byteText(going.reduce((bytes, run) => bytes + run.bytes, 0));
	const count = going.length === 1 ? '1 run' : `${going.length} runs`;
	const kept = staying.map((run) => `${line(run)}  stays: ${run.obstacle}`);
	if (going.length === 0) {
		return ['There is nothing to remove.', ...kept].join('\n');
	}
	const head = isDone ? `Removed ${count}, ${sum}:` : `${count}, ${sum}, could be removed:`;
	const end = isDone
		? []
		: ['', 'Nothing was removed. Evidence stays. To remove them: switchyard clean --yes'];
	return [head, ...going.map(line), ...kept, ...end].join('\n');
}
