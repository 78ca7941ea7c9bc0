import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commandText } from '../../core/evidence/commandText.ts';
import { seconds } from '../../core/evidence/wording.ts';
import type { CheckEnded } from '../../core/run/attemptFacts.ts';
import type { JobSpec } from '../../protocol/runnerFiles.ts';
import { jobFiles } from '../files/runPaths.ts';
import { readJobSpec } from '../runner/startRunner.ts';
import { showFooter, showHeader } from './attemptFrame.ts';
import type { AttemptNews, Verdict } from './attemptNews.ts';
import { LogTail } from './logTail.ts';
import type { Screen } from './screen.ts';
import { stepCheckFolders, stepFolders } from './stepFolders.ts';
import type { Waker } from './waker.ts';

/** How long an engine may take to start a runner before the viewer does. */
const startAfterMs = 1_500;

export interface AttemptViewerOptions {
	/** The folder of the attempt's work. */
	readonly folder: string;
	readonly news: AttemptNews;
	readonly screen: Screen;
	readonly waker: Waker;
	readonly now: () => number;
	readonly startRunner: (folder: string) => void;
}

/**
 * Shows one attempt from its first line to its verdict: the work's output, then each check's. It reads files and the
 * journal and owns nothing: ending it changes nothing for the attempt (EXECUTION D2).
 */
export class AttemptViewer {
	readonly #options: AttemptViewerOptions;
	readonly #begunAt: number;
	#startedRunner = false;
	#saidAlone = false;
	#checks = 0;
	#isAgent = false;
	/** Checks of steps up to this one follow its work; those of steps that an earlier attempt did come last. */
	#shownStep = 0;
	/** Folders of checks of steps that were shown. */
	readonly #shownChecks = new Set<string>();

	constructor(options: AttemptViewerOptions) {
		this.#options = options;
		this.#begunAt = options.now();
	}

	/** Resolves with the verdict once everything was shown. */
	async run(): Promise<Verdict> {
		const { folder, waker } = this.#options;
		waker.watch(folder);
		const firstCheck = join(folder, 'check-1');
		const found = await this.#waitForSpec([folder, ...stepFolders(folder), firstCheck]);
		if (found !== null) {
			const { spec } = found;
			this.#checks = spec.checks ?? 0;
			// What a step of a gate does is to judge: nothing goes before its checks.
			const hasWork = found.folder !== firstCheck;
			this.#isAgent = hasWork && spec.stdin !== null;
			await showHeader(this.#options.screen, spec, { hasWork });
			if (found.folder === folder) {
				await this.#follow(folder, () => this.#options.news.ended !== null);
			} else if (hasWork) {
				await this.#showChain(spec);
			} else {
				this.#options.news.expectNoWork();
			}
		}
		for (let check = 1; check <= this.#checks; check++) {
			await this.#showCheck(check);
		}
		const verdict = await this.#waitForVerdict();
		await showFooter(this.#options.screen, this.#options.news, verdict);
		return verdict;
	}

	/** The first of these folders that holds a job. Null where the attempt ended before there was anything to do. */
	async #waitForSpec(folders: readonly string[]): Promise<{ folder: string; spec: JobSpec } | null> {
		for (;;) {
			await this.#options.news.refresh();
			const over = this.#verdict() !== null;
			const folder = folders.find((each) => existsSync(join(each, jobFiles.spec)));
			if (folder !== undefined) {
				return { folder, spec: readJobSpec(folder) };
			}
			if (over) {
				return null;
			}
			await this.#showStepChecks();
			await this.#sayAlone();
			await this.#options.waker.sleep();
		}
	}

	/** The steps of a chain one after another, each with its checks. */
	async #showChain({ steps = [], stepChecks = 0 }: JobSpec): Promise<void> {
		const { folder, news, screen, waker } = this.#options;
		news.expectSteps((steps.at(-1) ?? 1) - 1, stepChecks);
		for (const step of steps) {
			const place = join(folder, `step-${step}`);
			const found = await this.#waitForSpec([place]);
			if (found === null) {
				return;
			}
			waker.watch(place);
			const command = commandText({ kind: 'argv', argv: found.spec.argv });
			await screen.line(
				`${screen.paint('bold', `Step ${step}`)} ${found.spec.title} ${screen.paint('dim', `$ ${command}`)}`,
			);
			await this.#follow(place, () => news.stepEnded(step - 1) !== null);
			this.#shownStep = step;
			await this.#showStepChecks();
		}
		this.#shownStep = Number.POSITIVE_INFINITY;
	}

	/** Checks of steps that have begun, one after another: also those of steps that an earlier attempt did, which come last. */
	async #showStepChecks(): Promise<void> {
		const { folder, news, waker } = this.#options;
		const begun = this.#shownStep === 0 ? [] : stepCheckFolders(folder);
		for (const found of begun) {
			if (found.step > this.#shownStep || this.#shownChecks.has(found.folder)) {
				continue;
			}
			this.#shownChecks.add(found.folder);
			const { step, check } = found;
			waker.watch(found.folder);
			await this.#tellCheck(found.folder, `Check ${check} of step ${step}`);
			const record = () => news.stepCheck(step - 1, check - 1);
			await this.#follow(found.folder, () => record() !== null);
			await this.#tellResult(record() ?? undefined, { isLast: false });
		}
	}

	/** The heading of a check: which one it is, and what it runs. */
	async #tellCheck(folder: string, name: string): Promise<void> {
		const { screen } = this.#options;
		const command = commandText({ kind: 'argv', argv: readJobSpec(folder).argv });
		await screen.line('');
		await screen.line(`${screen.paint('bold', name)} ${screen.paint('dim', `$ ${command}`)}`);
	}

	/** A check that ends the attempt is told by its verdict. */
	async #tellResult(result: CheckEnded | undefined, { isLast }: { readonly isLast: boolean }): Promise<void> {
		const { screen } = this.#options;
		if (result?.passed === true) {
			const took = seconds(result.endedAt - result.startedAt);
			await screen.line(screen.paint('green', `✔ passed · exit ${result.exit} · ${took}`));
		} else if (result?.advisory === true) {
			await screen.line(screen.paint('yellow', `! ${result.reason}`));
		} else if (result !== undefined && !isLast) {
			await screen.line(screen.paint('red', `✘ ${result.reason}`));
		}
	}

	/** Shows a job's log until `isOver` says so and all of it is shown. */
	async #follow(folder: string, isOver: () => boolean): Promise<void> {
		const { news, waker } = this.#options;
		const tail = new LogTail(join(folder, jobFiles.output));
		for (;;) {
			await news.refresh();
			// Asked before reading: what was written until then is certainly shown.
			const over = isOver() || this.#verdict() !== null;
			await this.#drain(tail);
			if (over) {
				return;
			}
			this.#startIfNobodyHas(folder);
			await this.#sayAlone();
			await waker.sleep();
		}
	}

	async #drain(tail: LogTail): Promise<void> {
		const { screen } = this.#options;
		for (let chunk = await tail.read(); chunk !== null; chunk = await tail.read()) {
			if (chunk.skippedBytes > 0) {
				const size = (chunk.skippedBytes / 1024 / 1024).toFixed(1);
				await screen.line(screen.paint('yellow', `… ${size} MB not shown; the log has all of it`));
			}
			await screen.output(chunk.text);
		}
	}

	/** D2: who creates `start` may begin, so a second runner does no harm. A dead engine's job is not begun here. */
	#startIfNobodyHas(folder: string): void {
		const { news, now, startRunner } = this.#options;
		if (this.#startedRunner || folder !== this.#options.folder || now() - this.#begunAt < startAfterMs) {
			return;
		}
		const nobody = !existsSync(join(folder, jobFiles.start)) && news.ended === null;
		if (nobody && (news.isUnclaimed || news.isEngineAlive(now()))) {
			this.#startedRunner = true;
			startRunner(folder);
		}
	}

	async #showCheck(check: number): Promise<void> {
		const { folder, news, waker } = this.#options;
		const checkFolder = join(folder, `check-${check}`);
		const record = () => news.checks[check - 1];
		while (!existsSync(join(checkFolder, jobFiles.spec))) {
			await news.refresh();
			const answer = record();
			if (this.#verdict() !== null || answer !== undefined) {
				await this.#tellAnswer(answer);
				return;
			}
			await this.#showStepChecks();
			await this.#sayAlone();
			await waker.sleep();
		}
		await this.#showStepChecks();
		waker.watch(checkFolder);
		await this.#tellCheck(checkFolder, `Check ${check} of ${this.#checks}`);
		await this.#follow(checkFolder, () => record() !== undefined);
		await this.#tellResult(record(), { isLast: true });
	}

	/** What a person said has no output to show. */
	async #tellAnswer(answer: CheckEnded | undefined): Promise<void> {
		const { screen } = this.#options;
		if (answer?.passed === true) {
			await screen.line(screen.paint('green', `✔ ${answer.reason}`));
		}
	}

	async #waitForVerdict(): Promise<Verdict> {
		for (;;) {
			await this.#options.news.refresh();
			const verdict = this.#verdict();
			await this.#showStepChecks();
			if (verdict !== null) {
				return verdict;
			}
			await this.#sayAlone();
			await this.#options.waker.sleep();
		}
	}

	#verdict(): Verdict | null {
		return this.#options.news.verdict({ checks: this.#checks, isAgent: this.#isAgent });
	}

	/** Said once when the work is over and nobody is there to record it: the verdict comes with the next `run`. */
	async #sayAlone(): Promise<void> {
		const { folder, news, screen, now } = this.#options;
		const waits = existsSync(join(folder, jobFiles.result)) || !existsSync(join(folder, jobFiles.start));
		if (this.#saidAlone || !waits || now() - this.#begunAt < 2 * startAfterMs || news.isEngineAlive(now())) {
			return;
		}
		this.#saidAlone = true;
		await screen.line(
			screen.paint('yellow', 'The engine of this run is not running. Resume the run: it goes on from here.'),
		);
	}
}
