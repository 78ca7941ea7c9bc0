import type { AttemptState } from '../run/runState.ts';
import type { CapturedOutput, EvidenceInput } from './evidenceInput.ts';

/** A duration for people: `3.2 s`, `4 min 7 s`. */
export function seconds(milliseconds: number): string {
	const total = Math.max(0, milliseconds) / 1000;
	if (total < 60) {
		return `${total.toFixed(1)} s`;
	}
	const whole = Math.round(total);
	return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export function utc(at: number | null): string {
	return at === null ? 'unknown' : new Date(at).toISOString();
}

/** How the work of an attempt ended, in words. */
export function outcomeText(attempt: Readonly<AttemptState>): string {
	const exit = attempt.exit === null ? 'no exit code' : `exit code ${attempt.exit}`;
	return attempt.outcome === null ? 'still running' : `${attempt.outcome}, ${exit}`;
}

/** What the completion rests on; a task that is not completed has no validation to speak of. */
export function validationText({ status, validation }: EvidenceInput): string {
	if (status !== 'completed') {
		return 'not passed';
	}
	switch (validation) {
		case 'checks':
			return 'passed: its checks ran on the result';
		case 'exit-code':
			return 'passed: the exit code of the command, no check is declared';
		case 'imported':
			return 'none: taken over from a state file, not checked here';
		case 'none':
		case null:
			return 'none: nothing was verified';
	}
}

/** Head and tail with a line between them that says what is missing; lines that the cut tore are dropped. */
export function joinSeam(output: CapturedOutput): string {
	if (output.omittedBytes === 0) {
		return output.head;
	}
	const head = output.head.slice(0, output.head.lastIndexOf('\n') + 1);
	const tail = output.tail.slice(output.tail.indexOf('\n') + 1);
	return `${head}[… about ${output.omittedBytes} bytes left out …]\n${tail}`;
}
