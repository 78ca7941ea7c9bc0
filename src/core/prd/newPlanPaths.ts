/** Where the files of a new plan lie, relative to its root. */
export interface NewPlanPaths {
	readonly prd: string;
	readonly assessment: string;
	readonly discovery: string;
	readonly requirements: string;
	readonly header: string;
	readonly tasks: string;
	/** What ids of its tasks begin with. */
	readonly prefix: string;
}

const folder = 'docs/planning';

/** The places of a project's plan, or of a feature that is planned beside it (FORMATS 1.1). */
export function newPlanPaths(feature: string | null): NewPlanPaths {
	const name = feature === null ? '' : `FEATURE_${feature}_`;
	return {
		prd: `${folder}/${feature === null ? 'PROJECT_' : name}PRD.yaml`,
		assessment: `${folder}/${name}ASSESSMENT.md`,
		discovery: `${folder}/${name}DISCOVERY.md`,
		requirements: `${folder}/${name}REQUIREMENTS.md`,
		header: `${folder}/switchyard.yaml`,
		tasks: `${folder}/tasks`,
		prefix: feature === null ? 'TASK' : `FEATURE-${feature}`,
	};
}

/** Whether a word can name a feature: in file names and in ids. */
export function isFeatureName(text: string): boolean {
	return /^[A-Za-z0-9]([A-Za-z0-9-]{0,38}[A-Za-z0-9])?$/.test(text);
}
