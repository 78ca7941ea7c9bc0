import { DisposableOwner } from '../../src/core/base/disposable.ts';
import type { Event } from '../../src/core/base/emitter.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import type { Box } from '../../src/core/graph/layoutTypes.ts';
import type { GraphActionRequest, GraphPlan, GraphRun, GraphStatus } from '../../src/protocol/graphView.ts';
import { act, focusOn, requestLayout, showPlan, showStatuses } from '../../src/protocol/graphView.ts';
import { pageReady, showEnvironment } from '../../src/protocol/pageView.ts';
import type { GraphViewState } from '../../src/protocol/persisted.ts';
import type { RpcPeer } from '../../src/protocol/rpc.ts';
import { RpcError } from '../../src/protocol/rpcError.ts';
import { boxOf } from './boxOf.ts';
import type { Target } from './drawing.ts';
import { cardFor, indexLayout } from './drawing.ts';
import type { GraphState } from './graphState.ts';
import { initialState } from './graphState.ts';
import { defaultCollapsed, indexPlan } from './planIndex.ts';
import { tally } from './tally.ts';
import type { Look } from './taskLook.ts';

export interface GraphModelOptions {
	readonly peer: RpcPeer;
	/** What the page remembered from its last life. */
	readonly remembered: GraphViewState | null;
}

/** A sprint whose place on screen should hold, and where it was drawn. */
export interface Anchor {
	readonly sprint: string;
	readonly before: Box;
}

/** A drawing arrived; `focus` is what to bring into view. */
export interface Redrawn {
	readonly anchor: Anchor | null;
	readonly focus: Target | null;
}

/** What the page knows and was told to show. Talks to the host; draws nothing. */
export class GraphModel extends DisposableOwner {
	readonly #peer: RpcPeer;
	readonly #changed = this.register(new Emitter<GraphState>());
	readonly #redrawn = this.register(new Emitter<Redrawn>());
	readonly #focused = this.register(new Emitter<Target>());
	#state: GraphState = initialState;
	/** Null while the default for the plan's size holds. */
	#folded: readonly string[] | null;
	#layoutGeneration = 0;
	#pendingFocus: Target | null = null;

	constructor({ peer, remembered }: GraphModelOptions) {
		super();
		this.#peer = peer;
		this.#folded = remembered?.collapsed ?? null;
		this.#state = { ...initialState, selection: remembered?.selection ?? null };
		this.register(peer.onNotification(showPlan, ({ plan }) => this.#takePlan(plan)));
		this.register(peer.onNotification(showStatuses, (message) => this.#takeStatuses(message)));
		this.register(peer.onNotification(showEnvironment, ({ cannotRun }) => this.#update({ cannotRun })));
		this.register(
			peer.onNotification(focusOn, ({ task, sprint }) => {
				if (task !== undefined || sprint !== undefined) {
					this.focus(task === undefined ? { kind: 'sprint', id: sprint ?? '' } : { kind: 'task', id: task });
				}
			}),
		);
	}

	get state(): GraphState {
		return this.#state;
	}

	get onDidChange(): Event<GraphState> {
		return this.#changed.event;
	}

	/** Another drawing took the place of the last. */
	get onDidRedraw(): Event<Redrawn> {
		return this.#redrawn.event;
	}

	/** Something was selected that should be seen. */
	get onDidFocus(): Event<Target> {
		return this.#focused.event;
	}

	/** What is worth remembering of the choices made here. */
	get remembered(): Pick<GraphViewState, 'collapsed' | 'selection'> {
		return {
			collapsed: this.#folded === null ? null : [...this.#folded],
			selection: this.#state.selection,
		};
	}

	/** Tells the host that the page listens. */
	start(): void {
		this.#peer.notify(pageReady, {});
	}

	select(selection: Target | null): void {
		this.#update({ selection });
	}

	/** Selects and shows; a task in a collapsed sprint is unfolded first. */
	focus(target: Target): void {
		const { plan, drawing } = this.#state;
		if (plan.kind !== 'shown' || drawing === null) {
			this.#pendingFocus = target;
			return;
		}
		this.select(target);
		const sprint = target.kind === 'task' ? plan.index.sprintOf.get(target.id) : undefined;
		if (sprint !== undefined && this.#state.collapsed.has(sprint)) {
			this.#pendingFocus = target;
			this.toggleSprint(sprint);
		} else if (cardFor(drawing, target, plan.index.sprintOf) !== -1 || drawing.frameOf.has(target.id)) {
			this.#focused.fire(target);
		}
	}

	hover(hovered: number): void {
		if (hovered !== this.#state.hovered) {
			this.#update({ hovered });
		}
	}

	search(query: string): void {
		this.#update({ query });
	}

	toggleFilter(look: Look): void {
		const filter = new Set(this.#state.filter);
		if (!filter.delete(look)) {
			filter.add(look);
		}
		this.#update({ filter });
	}

	clearFilters(): void {
		this.#update({ query: '', filter: new Set() });
	}

	toggleCritical(): void {
		this.#update({ showCritical: !this.#state.showCritical });
	}

	toggleSprint(id: string): void {
		const collapsed = new Set(this.#state.collapsed);
		if (!collapsed.delete(id)) {
			collapsed.add(id);
		}
		this.#fold([...collapsed], id);
	}

	collapseAll(): void {
		const { plan } = this.#state;
		this.#fold(plan.kind === 'shown' ? plan.index.plan.sprints.map((sprint) => sprint.id) : [], null);
	}

	expandAll(): void {
		this.#fold([], null);
	}

	act(request: GraphActionRequest): void {
		this.#peer.notify(act, request);
	}

	/** Asks for a drawing of the plan as it is folded now. */
	layOut(anchor: Anchor | null = null): void {
		this.#layoutGeneration++;
		const generation = this.#layoutGeneration;
		this.#update({ layoutError: '' });
		this.#peer.request(requestLayout, { collapsed: [...this.#state.collapsed] }).then(
			(layout) => {
				if (generation === this.#layoutGeneration && !this.isDisposed) {
					const focus = this.#pendingFocus;
					this.#pendingFocus = null;
					const selection = focus ?? this.#state.selection;
					this.#update({ drawing: indexLayout(layout), hovered: -1, selection });
					this.#redrawn.fire({ anchor, focus });
				}
			},
			(error: unknown) => {
				if (generation === this.#layoutGeneration && !RpcError.is(error, 'closed')) {
					this.#update({ layoutError: RpcError.is(error) ? error.detail : String(error) });
				}
			},
		);
	}

	#fold(collapsed: readonly string[], sprint: string | null): void {
		const before = sprint === null ? undefined : boxOf(this.#state, { kind: 'sprint', id: sprint });
		const anchor = sprint === null || before === undefined ? null : { sprint, before };
		this.#folded = collapsed;
		this.#update({ collapsed: new Set(collapsed) });
		this.layOut(anchor);
	}

	#takePlan(plan: GraphPlan | null): void {
		if (plan === null) {
			this.#layoutGeneration++;
			this.#update({ plan: { kind: 'gone' }, drawing: null, tallies: null, selection: null });
			return;
		}
		const index = indexPlan(plan);
		const collapsed = new Set((this.#folded ?? defaultCollapsed(plan)).filter((id) => index.sprints.has(id)));
		const { selection } = this.#state;
		const known =
			selection !== null && (selection.kind === 'task' ? index.tasks : index.sprints).has(selection.id);
		const tallies = tally(index, this.#state.statuses);
		this.#update({ plan: { kind: 'shown', index }, tallies, collapsed, selection: known ? selection : null });
		this.layOut();
	}

	#takeStatuses(message: { reset: boolean; run: GraphRun | null; tasks: readonly GraphStatus[] }): void {
		const statuses = new Map(message.reset ? [] : this.#state.statuses);
		for (const status of message.tasks) {
			statuses.set(status.id, status);
		}
		const { plan } = this.#state;
		const tallies = plan.kind === 'shown' ? tally(plan.index, statuses) : null;
		this.#update({ statuses, run: message.run, tallies });
	}

	#update(change: Partial<GraphState>): void {
		this.#state = { ...this.#state, ...change };
		this.#changed.fire(this.#state);
	}
}
