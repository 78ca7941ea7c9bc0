import { DisposableOwner } from '../../core/base/disposable.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import type { RunPlan } from '../../core/run/runPlan.ts';
import type { ShownPlan } from '../../protocol/previewView.ts';
import { changePreviewPlan, showHistory, showPreviewPlan } from '../../protocol/previewView.ts';
import { planKey } from '../plans/planModel.ts';
import { coalesce } from './coalesce.ts';
import { comparePlans } from './comparePlans.ts';
import type { HistorySource } from './historySource.ts';
import type { PageLink } from './pageLink.ts';

/** What is shown of a plan, beside what the feed itself knows. */
export type PlanParts = Omit<ShownPlan, 'key' | 'revision'>;

export interface PlanFeedOptions {
	readonly link: PageLink;
	readonly plan: PlanId;
	readonly history: HistorySource;
	/** What is to be shown now; null when the plan is gone. */
	readonly read: () => Promise<PlanParts | null>;
}

/** Comparing thousands of tasks costs time of everybody in the window: not with every keystroke. */
const delayMs = 200;

/**
 * Keeps a simulating page supplied: with the plan as a whole when the page is new, afterwards with what changed in it,
 * and with what finished runs took.
 */
export class PlanFeed extends DisposableOwner {
	readonly #options: PlanFeedOptions;
	readonly #soon = this.register(coalesce(() => this.send(), delayMs));
	#revision = 0;
	/** What the page has; null where that is nothing. */
	#sent: { readonly revision: number; readonly plan: RunPlan } | null = null;

	constructor(options: PlanFeedOptions) {
		super();
		this.#options = options;
		const { link, plan, history } = options;
		this.register(link.onDidHide(() => this.#soon.cancel()));
		this.register(
			history.onDidChange(({ rootUri }) => {
				if (rootUri === plan.rootUri) {
					this.#sendHistory();
				}
			}),
		);
	}

	/** Sends everything: the page is new. */
	restart(): void {
		this.#sent = null;
		this.send();
		this.#sendHistory();
	}

	/** Sends the plan a moment later. */
	schedule(): void {
		this.#soon.schedule();
	}

	/** Sends the plan, as soon as it is read. */
	send(): void {
		if (this.#options.link.isReady) {
			this.#options.link.watch(this.#send(), 'reading the plan');
		}
	}

	async #send(): Promise<void> {
		this.#revision++;
		const revision = this.#revision;
		const parts = await this.#options.read();
		const { link, plan } = this.#options;
		// A newer version is on its way, or the page went away meanwhile.
		if (revision !== this.#revision || !link.isReady) {
			return;
		}
		const base = this.#sent;
		this.#sent = parts === null ? null : { revision, plan: parts.plan };
		if (parts === null) {
			link.peer.notify(showPreviewPlan, { shown: null });
			return;
		}
		const changes = base === null ? null : comparePlans(base.plan, parts.plan);
		if (base === null || changes === null) {
			link.peer.notify(showPreviewPlan, { shown: { key: planKey(plan), revision, ...parts } });
			return;
		}
		const { plan: _whole, ...rest } = parts;
		link.peer.notify(changePreviewPlan, {
			...rest,
			key: planKey(plan),
			revision,
			base: base.revision,
			changes,
		});
	}

	#sendHistory(): void {
		const { link, plan, history } = this.#options;
		if (link.isReady) {
			const sent = history.samples(plan).then((samples) => {
				if (link.isReady) {
					link.peer.notify(showHistory, { samples: [...samples] });
				}
			});
			link.watch(sent, 'reading earlier runs');
		}
	}
}
