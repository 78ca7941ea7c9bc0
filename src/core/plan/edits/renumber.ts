import type { Plan } from '../plan.ts';

/** A kind of id by what stands before its number. */
interface Family {
	readonly stem: string;
	/** In the order that the numbers shall have. */
	readonly ids: string[];
	width: number;
}

/**
 * New ids for tasks whose ids end with a number, so that the numbers follow the order of work: a task comes after all that it
 * waits for, and otherwise where it stands in the plan. Ids to `keep` (of tasks that were begun: journal and evidence know
 * them by that name) stay, and their numbers are given to nobody else. Ids that stay the same are left out.
 */
export function renumbered(plan: Plan, keep: ReadonlySet<string>): Map<string, string> {
	const taken = new Set([...keep, ...plan.tasks.map(({ id }) => id).filter((id) => partsOf(id) === null)]);
	const names = new Map<string, string>();
	for (const { stem, ids, width } of familiesOf(orderOfWork(plan).filter((id) => !keep.has(id)))) {
		let number = 0;
		for (const id of ids) {
			let next: string;
			do {
				number++;
				next = `${stem}${String(number).padStart(width, '0')}`;
			} while (taken.has(next));
			if (next !== id) {
				names.set(id, next);
			}
		}
	}
	return names;
}

function familiesOf(ids: readonly string[]): Iterable<Family> {
	const families = new Map<string, Family>();
	for (const id of ids) {
		const parts = partsOf(id);
		if (parts === null) {
			continue;
		}
		const family = families.get(parts.stem) ?? { stem: parts.stem, ids: [], width: 0 };
		family.ids.push(id);
		families.set(parts.stem, family);
	}
	for (const family of families.values()) {
		const widths = family.ids.map((id) => partsOf(id)?.digits.length ?? 0);
		// `T1` … `T12` have no width; `T01` has one, which must still hold the largest number.
		const isPadded = family.ids.some((id) => partsOf(id)?.digits.startsWith('0') === true);
		family.width = isPadded ? Math.max(...widths, String(family.ids.length).length) : 0;
	}
	return families.values();
}

function partsOf(id: string): { readonly stem: string; readonly digits: string } | null {
	const [, stem = '', digits] = /^(.*?)(\d{1,9})$/.exec(id) ?? [];
	return digits === undefined ? null : { stem, digits };
}

/** Ids so that each one stands behind those it waits for; members of circles come last, as they stand in the plan. */
function orderOfWork({ tasks }: Plan): string[] {
	const place = new Map(tasks.map(({ id }, index) => [id, index]));
	const waiting = new Map<string, number>();
	const followers = new Map<string, string[]>();
	for (const { id, dependencies } of tasks) {
		const needed = new Set(
			dependencies.map(({ value }) => value).filter((each) => place.has(each) && each !== id),
		);
		waiting.set(id, needed.size);
		for (const each of needed) {
			followers.set(each, [...(followers.get(each) ?? []), id]);
		}
	}
	const done = new Set<string>();
	const visit = (id: string) => {
		const ready = [id];
		for (const next of ready) {
			done.add(next);
			for (const follower of followers.get(next) ?? []) {
				const left = (waiting.get(follower) ?? 0) - 1;
				waiting.set(follower, left);
				// One that stands further up was passed already, because it had to wait for this one.
				if (left === 0 && (place.get(follower) ?? 0) < (place.get(id) ?? 0)) {
					ready.push(follower);
				}
			}
		}
	};
	for (const { id } of tasks) {
		if (waiting.get(id) === 0 && !done.has(id)) {
			visit(id);
		}
	}
	return [...done, ...tasks.map(({ id }) => id).filter((id) => !done.has(id))];
}
