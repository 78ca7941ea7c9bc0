import type { Assessment } from '../../core/prd/assess.ts';
import { assess } from '../../core/prd/assess.ts';
import { openQuestions } from '../../core/prd/interview.ts';
import type { NewPlanPaths } from '../../core/prd/newPlanPaths.ts';
import { readPrd } from '../../core/prd/prd.ts';
import { PrdDocument } from '../../core/prd/prdDocument.ts';
import { assessmentDocument, discoveryDocument, requirementsDocument } from '../../core/prd/prdDocuments.ts';
import type { Question } from '../../core/prd/questions.ts';
import type { MadeTask } from './makePlan.ts';
import type { PrdFile } from './prdFile.ts';
import { writeDocuments } from './writeNewFiles.ts';

/** How far a PRD is, and the documents that were made of it. */
export interface PrdStanding {
	readonly assessment: Assessment;
	/** Nobody answered these, and nobody left them open on purpose. */
	readonly open: readonly Question[];
	readonly written: readonly string[];
	/** Documents that a hand changed, and that were left alone. */
	readonly left: readonly string[];
}

/** Writes assessment, discovery and requirements from what the PRD says now. */
export async function refreshDocuments(
	rootPath: string,
	{
		paths,
		file,
		tasks,
	}: { readonly paths: NewPlanPaths; readonly file: PrdFile; readonly tasks: readonly MadeTask[] },
): Promise<PrdStanding> {
	const document = await file.read();
	if (!(document instanceof PrdDocument)) {
		throw new Error(`${file.path} was removed while it was read. Run the same command again.`);
	}
	const prd = readPrd(document.value);
	const assessment = assess(document, prd);
	const input = { prd, assessment, tasks };
	const { written, left } = await writeDocuments(rootPath, [
		{ path: paths.assessment, text: assessmentDocument(input) },
		{ path: paths.discovery, text: discoveryDocument(input) },
		{ path: paths.requirements, text: requirementsDocument(input) },
	]);
	return { assessment, open: openQuestions(document), written, left };
}
