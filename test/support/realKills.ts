import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenInvariants } from './brokenInvariants.ts';
import type { CliResult, Task } from './engineWorkspace.ts';
import { EngineWorkspace } from './engineWorkspace.ts';
import { waitFor } from './waitFor.ts';

/** What is left of the line of the journal in whose writing an engine is killed. */
export type Leaves = 'whole' | 'torn' | 'unsynced';

/** An exact place in the life of an engine: with a line of its journal, or before another change of the disk. */
export type KillPlace =
	| { readonly line: number; readonly leaves: Leaves; readonly kind?: string }
	| { readonly step: number };

export interface RealPlan {
	readonly tasks: readonly Task[];
	readonly more?: { readonly [key: string]: unknown; readonly plan?: object };
}

/** Says what it did in two files of its own, which no engine reads: `job.sh NAME [once|repaired]`. */
const jobScript = `
echo "$SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $1" >> "$SWITCHYARD_ROOT/begins"
sleep 0.02
code=0
case "$2" in
once) mkdir "$SWITCHYARD_ROOT/once-$SWITCHYARD_TASK-$1" 2>/dev/null && code=1 ;;
repaired) test -f "$SWITCHYARD_ROOT/repaired" || code=1 ;;
esac
case "$SWITCHYARD_TASK" in
TASK-FIX-*) touch "$SWITCHYARD_ROOT/repaired" ;;
esac
echo "$SWITCHYARD_TASK $SWITCHYARD_ATTEMPT $1 $code" >> "$SWITCHYARD_ROOT/ends"
exit "$code"
`;

/** The argument list of a job that says its name, and how it ends: well, or badly the first time. */
export function job(name: string, mode = 'ok'): string[] {
	return ['sh', 'job.sh', name, mode];
}

/** A plan run by real engines, the first of which is killed at one place. */
export class KilledRun {
	readonly ws = new EngineWorkspace();
	readonly #log = mkdtempSync(join(tmpdir(), 'switchyard-kills-'));

	constructor({ tasks, more = {} }: RealPlan) {
		this.ws.write('job.sh', jobScript).plan(tasks, more);
	}

	dispose(): void {
		this.ws.dispose();
		rmSync(this.#log, { recursive: true, force: true });
	}

	/** Runs the plan with an engine that dies there; true if it came to that place. */
	async kill(place: KillPlace, ...args: readonly string[]): Promise<boolean> {
		const ended = await this.ws.startWith(
			{ preload: 'kill.cjs', env: { SY_KILL_ROOT: this.ws.root, ...environmentOf(place) } },
			...(args.length === 0 ? ['run'] : args),
		).ended;
		if (ended.signal !== 'SIGKILL' && ended.code !== 0 && ended.code !== 3) {
			throw new Error(`ended with ${ended.code}: ${ended.err}${ended.out}`);
		}
		return ended.signal === 'SIGKILL';
	}

	/** The places that an engine passes which nobody kills, by name: `line KIND` or `step CALL PATH`. */
	async places(...args: readonly string[]): Promise<readonly string[]> {
		const file = join(this.#log, 'places');
		const env = { SY_KILL_ROOT: this.ws.root, SY_KILL_LOG: file };
		const ended = await this.ws.startWith(
			{ preload: 'kill.cjs', env },
			...(args.length === 0 ? ['run'] : args),
		).ended;
		if (ended.code !== 0 && ended.code !== 3) {
			throw new Error(`ended with ${ended.code}: ${ended.err}`);
		}
		return readFileSync(file, 'utf8').split('\n').slice(0, -1);
	}

	/** Runs again, and agrees to what a person is asked, until everything is done. Gives what the last engine said. */
	async resume(): Promise<CliResult> {
		for (let round = 0; round < 6; round++) {
			const ended = await this.ws.cli('run');
			if (ended.code !== 3) {
				return ended;
			}
			for (const task of await this.#asked()) {
				await this.ws.cli('approve', task);
			}
		}
		throw new Error(`asks again and again: ${(await this.ws.cli('status')).out}`);
	}

	async #asked(): Promise<readonly string[]> {
		const { out } = await this.ws.cli('status', '--json');
		const { needs } = JSON.parse(out) as { needs: readonly { readonly task: string }[] };
		return needs.map(({ task }) => task);
	}

	/** `task attempt job exit` of every job that came to its end. */
	get ends(): readonly string[] {
		return linesOf(join(this.ws.root, 'ends'));
	}

	get begins(): readonly string[] {
		return linesOf(join(this.ws.root, 'begins'));
	}

	/** What must hold in the end: the same work as without the kill, nothing twice, and no invariant broken. */
	async broken(expected: readonly string[], badLines: number): Promise<string[]> {
		await waitFor('no process of a task', () => this.ws.orphans.length === 0);
		const { begins, ends } = this;
		const twice = begins.filter((line, index) => begins.indexOf(line) !== index);
		const done = ends.map(withoutAttempt).sort().join('\n');
		return [
			...twice.map((line) => `${line} was begun twice`),
			...(done === expected.join('\n') ? [] : [`the work was\n${done}\ninstead of\n${expected.join('\n')}`]),
			...(await brokenInvariants(this.ws.root, { badLines })),
		];
	}
}

/** `task job exit`, sorted, for comparing runs in which attempts have other numbers. */
export const withoutAttempt = (end: string) => end.replace(/^(\S+) \d+ /, '$1 ');

function linesOf(file: string): readonly string[] {
	return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

function environmentOf(place: KillPlace): Record<string, string> {
	if ('step' in place) {
		return { SY_KILL_STEP: String(place.step) };
	}
	const { line, leaves, kind } = place;
	return {
		SY_KILL_LINE: String(line),
		SY_KILL_LEAVES: leaves,
		...(kind === undefined ? {} : { SY_KILL_KIND: kind }),
	};
}

export interface Killed {
	/** Engines that were really killed. */
	readonly kills: number;
	/** Every place where something did not hold, with what did not. */
	readonly broken: readonly string[];
}

export interface KillOptions {
	/** What the plan does when nobody kills anything. */
	readonly expected: readonly string[];
	/** How many runs go side by side. */
	readonly atOnce: number;
	/** Gets every fault at once, and now and then how far it is: a run of an hour that is broken off has then said something. */
	readonly say?: (line: string) => void;
}

/** Runs a plan once for each place, some side by side, kills an engine there, resumes, and checks. */
export async function killEverywhere(
	plan: RealPlan,
	places: readonly KillPlace[],
	options: KillOptions,
): Promise<Killed> {
	const left = [...places];
	const broken: string[] = [];
	let kills = 0;
	let done = 0;
	const tell = (place: KillPlace, faults: readonly string[]): void => {
		const told = faults.map((fault) => `${JSON.stringify(place)}: ${fault}`);
		broken.push(...told);
		told.forEach((fault) => {
			options.say?.(fault);
		});
	};
	const work = async (): Promise<void> => {
		for (let place = left.pop(); place !== undefined; place = left.pop()) {
			const run = new KilledRun(plan);
			try {
				const wasKilled = await run.kill(place);
				kills += wasKilled ? 1 : 0;
				const { code, err } = await run.resume();
				const isTorn = wasKilled && 'leaves' in place && place.leaves === 'torn';
				const faults = [
					...(code === 0 ? [] : [`resuming ended with ${code}: ${err}`]),
					...(await run.broken(options.expected, isTorn ? 1 : 0)),
				];
				tell(place, faults);
			} catch (error) {
				tell(place, [String(error)]);
			} finally {
				run.dispose();
			}
			done++;
			if (done % 10 === 0) {
				options.say?.(`${done} of ${places.length} places, ${kills} kills, ${broken.length} faults`);
			}
		}
	};
	await Promise.all(Array.from({ length: options.atOnce }, work));
	return { kills, broken };
}

/** A run that nobody kills: what it does, and the places that it passes. */
export async function unharmed(
	plan: RealPlan,
): Promise<{ readonly ends: readonly string[]; readonly places: readonly string[] }> {
	const run = new KilledRun(plan);
	try {
		const places = await run.places();
		await run.resume();
		return { ends: run.ends.map(withoutAttempt).sort(), places };
	} finally {
		run.dispose();
	}
}
