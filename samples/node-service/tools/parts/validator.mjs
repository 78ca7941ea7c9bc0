/** One block of checks for each field, as plain code that can be read and stepped through. */
export function validator({ fields }) {
	const known = Object.keys(fields).map((name) => `'${name}'`);
	const blocks = Object.entries(fields).map(([name, { type, required, maxLength }]) => {
		const lines = [];
		if (required) {
			lines.push(`\tif (note.${name} === undefined) {`, `\t\tproblems.push('${name} is missing');`, '\t}');
		}
		lines.push(
			`\tif (note.${name} !== undefined && typeof note.${name} !== '${type}') {`,
			`\t\tproblems.push('${name} is not a ${type}');`,
			'\t}',
		);
		if (maxLength !== undefined) {
			lines.push(
				`\tif (typeof note.${name} === 'string' && note.${name}.length > ${maxLength}) {`,
				`\t\tproblems.push('${name} is longer than ${maxLength} characters');`,
				'\t}',
			);
		}
		return lines.join('\n');
	});
	return `// Written by tools/generate.mjs from service.json.

const known = new Set([${known.join(', ')}]);

/** Everything that is wrong with a note, in words; empty if nothing is. */
export function findProblems(note) {
	if (note === null || typeof note !== 'object' || Array.isArray(note)) {
		return ['a note is an object'];
	}
	const problems = [];
	for (const name of Object.keys(note)) {
		if (!known.has(name)) {
			problems.push(\`\${name} is not a field of a note\`);
		}
	}
${blocks.join('\n')}
	return problems;
}
`;
}
