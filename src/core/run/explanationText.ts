import type { StampedEvent } from './events.ts';
import type { Explanation } from './explanation.ts';

/** One answer to "why" as lines of text: the sentence, and below it, indented, the journal lines it rests on. */
export function explanationLines({ sentence, events }: Explanation): string[] {
	return [sentence, ...events.map((event) => `    ${describeEvent(event)}`)];
}

/** One line of the journal for a person: when, what, of which attempt, and how it ended. */
function describeEvent(event: StampedEvent): string {
	const time = new Date(event.stamp.at).toISOString().slice(0, 19).replace('T', ' ');
	const attempt = 'attempt' in event && event.attempt !== undefined ? `  attempt ${event.attempt}` : '';
	const check = 'check' in event ? `  check ${event.check + 1}` : '';
	return `${time}  ${event.kind}${attempt}${check}${endingOf(event)}`;
}

function endingOf(event: StampedEvent): string {
	switch (event.kind) {
		case 'attempt-ended':
			return `  ${event.outcome}${event.exit === null ? '' : `, exit ${event.exit}`}`;
		case 'check-ended':
			return `  ${event.passed ? 'passed' : 'failed'}${event.exit === null ? '' : `, exit ${event.exit}`}`;
		case 'task-answered':
			return `  ${event.answer} by ${event.by}`;
		default:
			return '';
	}
}
