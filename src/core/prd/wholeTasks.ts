import type { TemplateGround } from './templateGround.ts';

/** What concerns the whole: figures, safety, the way to users, words about it. */
export function addWhole({ prd, sheet, verify }: TemplateGround): void {
	const all = prd.requirements.map(({ id }) => `last ${id}`);
	const ids = prd.requirements.map(({ id }) => id);
	const end = { type: 'testing', after: all, requirements: ids, verify };
	sheet.add({
		...{ ...end, key: 'whole', name: 'End-to-end tests', hours: 4 + prd.completeWhen.length },
		description: 'The first version as a whole, as its users meet it.',
		acceptanceCriteria:
			prd.completeWhen.length > 0 ? prd.completeWhen : ['Every requirement is met in one run of the whole'],
	});
	const figures = [...prd.performance].map(({ name, text }) => (text === '' ? name : `${name}: ${text}`));
	if (figures.length > 0) {
		sheet.add({
			...{
				...end,
				key: 'figures',
				name: 'Performance',
				hours: 4 + figures.length,
				acceptanceCriteria: figures,
			},
			description: 'Measure what is demanded, and repair what misses its target.',
		});
	}
	const safety = [...prd.security, ...prd.standards.map((standard) => `${standard} is complied with`)];
	if (safety.length > 0) {
		sheet.add({
			...{ ...end, key: 'safety', name: 'Security and compliance', hours: 4 + safety.length },
			description: 'Check what must be kept safe, and repair what is not.',
			acceptanceCriteria: safety,
		});
	}
	const checked = ['whole', 'figures', 'safety'];
	if (prd.deployment.length > 0) {
		sheet.add({
			...{ key: 'delivery', name: `Deployment on ${prd.deployment.join(', ')}`, type: 'infrastructure' },
			...{ hours: 4 + 2 * prd.deployment.length, after: checked },
			description: `Build and start everything on ${prd.deployment.join(', ')}.`,
			acceptanceCriteria: [
				'One documented command builds and starts everything from a clean checkout',
				'A check of its health says whether it works after the start',
			],
		});
	}
	sheet.add({
		...{ key: 'words', name: 'Documentation', type: 'documentation', hours: 4, after: checked },
		description: 'What users and developers need to know.',
		acceptanceCriteria: [
			'The README says what it does, how to install, test and run it, in commands that work',
			...(prd.backend === '' ? [] : ['Every public interface is described with an example']),
		],
	});
}
