import type { ComponentChildren } from 'preact';
import { Notice } from './Notice.tsx';

/** What a page has of its plan. `waiting`: the host has not spoken yet. `gone`: the plan does not exist any more. */
export type PagePlan<Shown> =
	| { readonly kind: 'waiting' }
	| { readonly kind: 'gone' }
	| ({ readonly kind: 'shown' } & Readonly<Shown>);

export interface PlanPageProps<Shown> {
	readonly plan: PagePlan<Shown>;
	readonly words: { readonly noPlan: string; readonly noPlanHint: string };
	readonly children: (shown: Shown) => ComponentChildren;
}

/** A page about one plan, which is drawn once the plan is there. */
export function PlanPage<Shown>({ plan, words, children }: PlanPageProps<Shown>) {
	switch (plan.kind) {
		case 'waiting':
			return null;
		case 'gone':
			return <Notice icon="circle-slash" title={words.noPlan} hint={words.noPlanHint} />;
		case 'shown':
			return <>{children(plan)}</>;
	}
}
