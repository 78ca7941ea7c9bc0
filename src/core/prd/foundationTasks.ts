import type { TemplateGround } from './templateGround.ts';
import { kindOf, pageCheck } from './templateGround.ts';

/** What everything else stands on: tools, schema, the frame of the pages, and other systems. */
export function addFoundation({ prd, sheet, verify }: TemplateGround): void {
	const stack = [prd.backend, prd.backendFramework, prd.frontend].filter((one) => one !== '');
	sheet.add({
		...{
			key: 'setup',
			name: 'Project structure and tools',
			type: 'infrastructure',
			hours: 4,
			after: [],
			verify,
		},
		description: `Folders, dependencies and tools${stack.length === 0 ? '' : ` for ${stack.join(', ')}`}.`,
		acceptanceCriteria: [
			'A clean checkout is installed by one documented command',
			prd.testCommand === ''
				? 'One documented command runs all tests, and a first test passes'
				: `\`${prd.testCommand}\` runs all tests, and a first test passes`,
		],
	});
	if (prd.database !== '') {
		const features = prd.requirements.filter((one) => kindOf(one) === 'feature');
		sheet.add({
			...{ key: 'schema', name: 'Database schema', type: 'database', after: ['setup'], verify },
			hours: 4 + features.length / 2,
			description: `The ${prd.database} schema that the requirements need, with migrations.`,
			requirements: features.map(({ id }) => id),
			acceptanceCriteria: [
				`The schema holds what these need: ${features.map(({ description }) => description).join('; ')}`,
				'Migrations build it from an empty database, and undo it',
			],
		});
	}
	if (prd.frontend !== '') {
		sheet.add({
			...{ key: 'shell', name: 'Frontend shell', type: 'frontend', hours: 4, after: ['setup'] },
			description: `Routing, layout and error display in ${prd.frontend}.`,
			acceptanceCriteria: ['A start page is shown', 'An error of the backend is shown in words'],
			verify: pageCheck(prd, verify),
		});
	}
	for (const { name, text } of prd.integrations) {
		sheet.add({
			...{
				key: `system ${name}`,
				name: `Connect ${name}`,
				type: 'backend',
				hours: 6,
				after: ['setup'],
				verify,
			},
			description: text === '' ? `Work with ${name}.` : `Work with ${name}: ${text}.`,
			acceptanceCriteria: [
				`Everything that speaks to ${name} is in one module, with tests that need no account`,
				`A failure or delay of ${name} is handled, and a test shows it`,
			],
		});
	}
}
