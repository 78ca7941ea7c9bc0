import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FoundPlan } from './findPlans.ts';
import { findPlans } from './findPlans.ts';

export interface PlanChoice {
	/** A workspace folder or a plan file. */
	readonly path: string;
	/** Only this plan, where a folder holds several. */
	readonly planKey?: string;
}

/** The one plan that a path means, or a sentence that says why there is none. */
export async function choosePlan({
	path,
	planKey,
}: PlanChoice): Promise<FoundPlan | { readonly message: string }> {
	let plans: FoundPlan[];
	try {
		plans = await findPlans(path);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return {
			message:
				code === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read (${code ?? String(error)}).`,
		};
	}
	const wanted = planKey === undefined ? plans : plans.filter(({ id }) => id.key === planKey);
	const [first] = wanted;
	if (first === undefined) {
		return {
			message: `There is no plan in ${resolve(path)}. A plan is a folder docs/planning with tasks, or a file *.plan.yaml, plan.yaml or switchyard.yaml.`,
		};
	}
	// The nearest root wins; only plans that share it have to be told apart by hand.
	const nearest = wanted.filter(({ rootPath }) => rootPath === first.rootPath);
	if (nearest.length > 1) {
		const names = nearest.map(({ files, id }) =>
			files[0] === undefined ? id.key : fileURLToPath(files[0].uri),
		);
		return { message: `${path} holds ${nearest.length} plans. Name one of them: ${names.join(', ')}.` };
	}
	return first;
}
