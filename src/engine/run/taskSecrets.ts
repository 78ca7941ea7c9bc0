import type { Secret } from '../../core/evidence/redact.ts';
import { findSecrets } from '../../core/evidence/redact.ts';
import type { RunTask } from '../../core/run/runPlan.ts';

/** What the work of a task could print and nobody may read: the secrets of this process, looked for once, and its own. */
export class TaskSecrets {
	readonly #inherited = findSecrets(process.env);

	of({ env }: Pick<RunTask, 'env'>): readonly Secret[] {
		const own = findSecrets(env);
		return own.length === 0 ? this.#inherited : [...this.#inherited, ...own];
	}
}
