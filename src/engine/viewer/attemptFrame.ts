import { relative } from 'node:path';
import { commandText } from '../../core/evidence/commandText.ts';
import { seconds } from '../../core/evidence/wording.ts';
import type { JobSpec } from '../../protocol/runnerFiles.ts';
import type { AttemptNews, Verdict } from './attemptNews.ts';
import type { Screen } from './screen.ts';

/** What runs, where, in which attempt. Without work of its own each check says what it runs. */
export async function showHeader(
	screen: Screen,
	spec: JobSpec,
	{ hasWork }: { readonly hasWork: boolean },
): Promise<void> {
	const attempt = spec.attempt > 1 ? ` · attempt ${spec.attempt}` : '';
	const title = spec.title === spec.task ? '' : ` ${spec.title}`;
	await screen.line(`${screen.paint('cyan', spec.task)}${screen.paint('bold', title)}${attempt}`);
	if (hasWork) {
		await screen.line(screen.paint('dim', `$ ${commandText({ kind: 'argv', argv: spec.argv })}`));
	}
	const folder = relative(spec.env['SWITCHYARD_ROOT'] ?? spec.cwd, spec.cwd);
	if (folder !== '') {
		await screen.line(screen.paint('dim', `in ${folder}`));
	}
	await screen.line('');
}

/** The verdict, with how long it took. */
export async function showFooter(screen: Screen, news: AttemptNews, verdict: Verdict): Promise<void> {
	const { ended } = news;
	// Where a check failed the work itself ended well: its exit code would only confuse.
	const exit = verdict.kind === 'failed' && ended?.outcome === 'ok' ? null : (ended?.exit ?? null);
	const last = news.checks.at(-1)?.endedAt ?? ended?.endedAt ?? 0;
	const begun = ended?.startedAt ?? news.checks[0]?.startedAt;
	const took = begun === undefined ? '' : ` · ${seconds(last - begun)}`;
	const details = `${exit === null ? '' : ` · exit ${exit}`}${took}`;
	await screen.line('');
	switch (verdict.kind) {
		case 'completed':
			return screen.line(screen.paint('green', `✔ completed${details}`));
		case 'unverified':
			return screen.line(screen.paint('yellow', `✔ ended, not verified: no check is declared${details}`));
		case 'stopped':
			return screen.line(screen.paint('yellow', `◼ stopped${took} · ${verdict.text}`));
		case 'failed':
			return screen.line(screen.paint('red', `✘ failed${details} · ${verdict.text}`));
	}
}
