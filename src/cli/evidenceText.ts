import { alteredPart } from '../core/evidence/alteredText.ts';
import type { AlteredFile } from '../core/evidence/writtenRecords.ts';
import type { Restored } from '../engine/run/restoreEvidence.ts';
import type { EvidenceReport } from '../protocol/evidenceReport.ts';

/** What `switchyard evidence` found and did, for people. */
export function evidenceText(report: EvidenceReport): string {
	const { run, files, unknown, altered, written } = report;
	const known = `${files} ${files === 1 ? 'file' : 'files'} of evidence`;
	const lines =
		altered.length === 0
			? [`${run}: ${known}, each as it was written.`]
			: [
					`${run}: of ${known} ${altered.length} ${verbOf(report)} not as written:`,
					...(written === null ? altered.map(alteredLine) : written.files.map(restoredLine)),
				];
	if (unknown.length > 0) {
		lines.push(`Of ${unknown.join(', ')} the journal says nothing about what was written.`);
	}
	if (altered.length > 0) {
		lines.push('', ...remedies(report));
	}
	return lines.join('\n');
}

function verbOf({ altered, written }: EvidenceReport): string {
	const [one, more] = written === null ? ['is', 'are'] : ['was', 'were'];
	return altered.length === 1 ? one : more;
}

const alteredLine = (file: AlteredFile) => `  ${file.task}  ${alteredPart(file)}`;

function restoredLine(file: Restored): string {
	switch (file.done) {
		case 'restored':
			return `  ${file.task}  ${file.path} is again as it was written`;
		case 'anew':
			return `  ${file.task}  ${file.path} was written anew, and the journal says so`;
		case 'differs':
			return `  ${file.task}  ${alteredPart(file)}; what can be made of it now is not what was written then`;
	}
}

function remedies({ altered, written }: EvidenceReport): string[] {
	if (written === null) {
		return ['To write it again from what the attempts left: switchyard evidence --write'];
	}
	const isKept = written.files.some(({ done, how }) => done !== 'differs' && how === 'changed');
	const isLeft = written.files.some(({ done }) => done === 'differs') && altered.length > 0;
	return [
		...(isKept ? [`What was there before is in ${written.kept}`] : []),
		...(isLeft
			? [
					'What stands in .switchyard, the plan, this version or this environment is not what it was. To write it all the same: switchyard evidence --write --anew',
				]
			: []),
	];
}
