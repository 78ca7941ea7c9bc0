import * as vscode from 'vscode';
import { DisposableStore } from '../../core/base/disposable.ts';

/** One question of several, as the quick input shows it. */
export interface Step {
	readonly title: string;
	readonly prompt: string;
	readonly placeholder: string;
	/** Stands there already, and is taken by Enter alone. */
	readonly value: string;
	/** Counts from 1; null where nobody knows how many there will be. */
	readonly number: { readonly step: number; readonly of: number } | null;
	/** Frequent answers; any other may be typed. */
	readonly options: readonly string[];
	readonly canGoBack: boolean;
	/** The rest may be left open. */
	readonly canFinish: boolean;
	/** Shown below the words until they change. */
	readonly problem: string;
}

/** `left`: the person closed it, or turned to something else. */
export type StepReply =
	| { readonly kind: 'answer'; readonly text: string }
	| { readonly kind: 'back' }
	| { readonly kind: 'finish' }
	| { readonly kind: 'left' };

/** Asks one question and resolves once it is answered, left, or gone back from. */
export async function askStep(step: Step): Promise<StepReply> {
	const owned = new DisposableStore();
	try {
		return await new Promise<StepReply>((resolve) => {
			const input = step.options.length === 0 ? createInput(step, owned) : createPick(step, owned);
			const finish = {
				iconPath: new vscode.ThemeIcon('check'),
				tooltip: vscode.l10n.t('Leave the Rest Open'),
			};
			input.title = step.title;
			input.ignoreFocusOut = true;
			input.step = step.number?.step;
			input.totalSteps = step.number?.of;
			input.buttons = [
				...(step.canGoBack ? [vscode.QuickInputButtons.Back] : []),
				...(step.canFinish ? [finish] : []),
			];
			owned.add(
				input.onDidTriggerButton((button) => resolve({ kind: button === finish ? 'finish' : 'back' })),
			);
			owned.add(input.onDidAccept(() => resolve({ kind: 'answer', text: wordsOf(input) })));
			owned.add(input.onDidHide(() => resolve({ kind: 'left' })));
			input.show();
		});
	} finally {
		owned.dispose();
	}
}

function createInput(step: Step, owned: DisposableStore): vscode.InputBox {
	const input = owned.add(vscode.window.createInputBox());
	input.prompt = step.prompt;
	input.placeholder = step.placeholder;
	input.value = step.value;
	if (step.problem !== '') {
		input.validationMessage = step.problem;
		owned.add(
			input.onDidChangeValue(() => {
				input.validationMessage = undefined;
			}),
		);
	}
	return input;
}

function createPick(step: Step, owned: DisposableStore): vscode.QuickPick<vscode.QuickPickItem> {
	const input = owned.add(vscode.window.createQuickPick());
	const show = (typed: string) => {
		const items = itemsOf(step, typed);
		input.items = items;
		const answered = typed === '' ? items.find(({ label }) => label === step.value) : undefined;
		if (answered !== undefined) {
			input.activeItems = [answered];
		}
	};
	// A quick pick has no prompt below the line: the question takes the place of the example. So an answer that is there is
	// the active row and not the text: text would hide the question and every other answer.
	input.placeholder = step.problem === '' ? `${step.prompt} ${step.placeholder}` : step.problem;
	show('');
	owned.add(input.onDidChangeValue(show));
	return input;
}

/** What was typed, the answer that is there, and the frequent ones; none twice. */
function itemsOf({ options, value }: Step, typed: string): vscode.QuickPickItem[] {
	const labels = new Set([typed, value, ...options].filter((label) => label !== ''));
	return Array.from(labels, (label) => {
		if (label === value) {
			return { label, description: vscode.l10n.t('as it stands') };
		}
		return options.includes(label) ? { label } : { label, description: vscode.l10n.t('as typed') };
	});
}

function wordsOf(input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>): string {
	return 'activeItems' in input ? (input.activeItems[0]?.label ?? input.value) : input.value;
}
