import type { Command } from '../plan/plan.ts';
import type { Language } from './languages.ts';
import type { GateStep } from './runGate.ts';
import type { AgentWork, RunCheck } from './runPlan.ts';

/** Stands for the language in an argument of a check, and in a criterion. */
const placeholder = '{language}';

/** True for a check that its plan wants to be made for each language. */
export function namesLanguage(check: RunCheck): boolean {
	switch (check.kind) {
		case 'agent':
			return check.criteria.some((criterion) => criterion.includes(placeholder));
		case 'approval':
			return check.what.includes(placeholder);
		default: {
			const { command } = check;
			const words = command.kind === 'argv' ? command.argv : [command.line];
			return words.some((word) => word.includes(placeholder));
		}
	}
}

/** A validator once for each language that was found (G2); where none was, once for everything. */
export function inLanguages(step: GateStep, found: readonly Language[]): GateStep[] {
	if (found.length === 0) {
		return [{ ...step, checks: step.checks.map((check) => checkIn(check, { id: 'all', name: 'code' })) }];
	}
	return found.map((language) => ({
		...step,
		slot: `${step.slot}-${language.id}`,
		name: `${step.name}, ${language.name}`,
		env: { ...step.env, SWITCHYARD_LANGUAGE: language.id },
		checks: step.checks.map((check) => checkIn(check, language)),
	}));
}

function checkIn(check: RunCheck, language: Language): RunCheck {
	switch (check.kind) {
		case 'agent':
			return {
				...check,
				criteria: check.criteria.map((criterion) => criterion.replaceAll(placeholder, language.name)),
				work: workIn(check.work, language),
			};
		case 'approval':
			return { ...check, what: check.what.replaceAll(placeholder, language.name) };
		default:
			return { ...check, command: commandIn(check.command, language) };
	}
}

/** A line for the shell is not put together from texts: it reads SWITCHYARD_LANGUAGE. */
function commandIn(command: Command, { id }: Language): Command {
	return command.kind === 'shell'
		? command
		: { kind: 'argv', argv: command.argv.map((argument) => argument.replaceAll(placeholder, id)) };
}

/** Whoever takes over while a usage limit lasts is told the same. */
function workIn(work: AgentWork, language: Language): AgentWork {
	const { prompt, fallback } = work;
	const only = `Look at the ${language.name} of it: others judge the files of other languages.`;
	return {
		...work,
		prompt:
			prompt.kind === 'text'
				? { kind: 'text', text: `${only}\n\n${prompt.text.replaceAll(placeholder, language.name)}` }
				: prompt,
		...(fallback && { fallback: workIn(fallback, language) }),
	};
}
