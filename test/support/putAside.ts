import { expect } from 'vitest';
import { packFold } from '../../src/core/run/checkpoint/packFold.ts';
import { unpackFold } from '../../src/core/run/checkpoint/unpackFold.ts';
import { nextClaim } from '../../src/core/run/nextStep.ts';
import { RunFold } from '../../src/core/run/runFold.ts';

/** A fold that is written down, read again, and goes on. */
export function putAside(fold: RunFold): RunFold {
	const facts = fold.putAside();
	const other = new RunFold();
	if (facts !== null) {
		const text = JSON.stringify(packFold(facts));
		other.takeUp(unpackFold(JSON.parse(text), facts.table.plan));
	}
	return other;
}

/** Everything that a fold knows and answers, to be compared. */
export function pictureOf(fold: RunFold): unknown {
	const facts = fold.putAside();
	if (facts === null) {
		return null;
	}
	const { table } = facts;
	return {
		packed: JSON.parse(JSON.stringify(packFold(facts))),
		states: [...table.tasks],
		gone: [...table.gone],
		answers: [...table.tasks.keys()].map((id) => ({
			isUnlocked: table.isUnlocked(id),
			refusal: table.ready.has(id) ? table.ready.refusal(id, () => true) : null,
		})),
		claims: [...table.engines.keys()].map((engine) => nextClaim(table, engine, { agents: true })),
		changed: [...table.changedSinceFinished()],
		gates: [...table.gates.values()],
	};
}

/** The two are the same for everybody who asks. */
export function expectSame(fold: RunFold, expected: RunFold): void {
	expect(pictureOf(fold)).toEqual(pictureOf(expected));
}
