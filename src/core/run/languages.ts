/** A language that a review looks at by itself (EXECUTION G2). */
export interface Language {
	/** Part of the id of a unit: `python`, `csharp`. */
	readonly id: string;
	readonly name: string;
}

const python: Language = { id: 'python', name: 'Python' };
const typescript: Language = { id: 'typescript', name: 'TypeScript' };
const javascript: Language = { id: 'javascript', name: 'JavaScript' };
const shell: Language = { id: 'shell', name: 'Shell' };
const cpp: Language = { id: 'cpp', name: 'C++' };
const c: Language = { id: 'c', name: 'C' };

/** Languages by the ends of file names: what the files themselves show, and nothing guessed. */
const languages: ReadonlyMap<string, Language> = new Map([
	['py', python],
	['ts', typescript],
	['tsx', typescript],
	['mts', typescript],
	['cts', typescript],
	['js', javascript],
	['mjs', javascript],
	['cjs', javascript],
	['jsx', javascript],
	['sh', shell],
	['bash', shell],
	['go', { id: 'go', name: 'Go' }],
	['rs', { id: 'rust', name: 'Rust' }],
	['java', { id: 'java', name: 'Java' }],
	['kt', { id: 'kotlin', name: 'Kotlin' }],
	['cs', { id: 'csharp', name: 'C#' }],
	['rb', { id: 'ruby', name: 'Ruby' }],
	['php', { id: 'php', name: 'PHP' }],
	['swift', { id: 'swift', name: 'Swift' }],
	['dart', { id: 'dart', name: 'Dart' }],
	['ps1', { id: 'powershell', name: 'PowerShell' }],
	['sql', { id: 'sql', name: 'SQL' }],
	['c', c],
	['h', c],
	['cc', cpp],
	['cpp', cpp],
	['hpp', cpp],
]);

/** The languages of files, the one with the most files first; those with equally many by their names. */
export function languagesOf(
	paths: Iterable<string>,
): readonly { readonly language: Language; readonly files: number }[] {
	const counts = new Map<Language, number>();
	for (const path of paths) {
		const name = path.slice(path.lastIndexOf('/') + 1);
		const language = name.includes('.') ? languages.get(name.slice(name.lastIndexOf('.') + 1)) : undefined;
		if (language !== undefined) {
			counts.set(language, (counts.get(language) ?? 0) + 1);
		}
	}
	return [...counts]
		.map(([language, files]) => ({ language, files }))
		.sort((a, b) => b.files - a.files || (a.language.name < b.language.name ? -1 : 1));
}
