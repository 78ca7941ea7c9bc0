import * as vscode from 'vscode';
import type { NewPlanPaths } from '../../core/prd/newPlanPaths.ts';
import { isFeatureName, newPlanPaths } from '../../core/prd/newPlanPaths.ts';
import type { GivenAnswers } from '../newPlan/askQuestions.ts';
import { askQuestions } from '../newPlan/askQuestions.ts';
import { askStep } from '../newPlan/askStep.ts';
import type { NewPlanOutcome, NewPlanRunner } from '../newPlan/newPlanRunner.ts';
import { PrdEditor } from '../newPlan/prdEditor.ts';
import { say } from '../notify/say.ts';
import { isTrusted } from '../runs/runGuard.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { targetFolder } from './targetFolder.ts';

/** What a caller may give with the command; what is missing is asked. */
interface NewPlanArgument {
	readonly goal?: string;
	readonly constraints?: string;
	readonly feature?: string;
	readonly answers?: GivenAnswers;
	/** Null: templates. */
	readonly agent?: string | null;
}

/** Where the plan goes: the project's own, or a feature's beside it. */
interface Place {
	readonly folder: vscode.Uri;
	readonly feature: string | null;
	readonly paths: NewPlanPaths;
}

/** `switchyard.newPlan`: from a goal to a PRD by questions, and from there to tasks. Goes on where it was left. */
export function newPlan({ newPlans, logger }: Pick<CommandServices, 'newPlans' | 'logger'>): CommandHandler {
	return async (argument) => {
		const given = readArgument(argument);
		const folder = await targetFolder();
		if (folder === null) {
			return;
		}
		if (folder.scheme !== 'file') {
			void say.error(vscode.l10n.t('A plan is made on a disk. Open its folder on one.'));
			return;
		}
		try {
			await makeIn(folder, given, newPlans);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			logger.error(`No plan was made: ${message}`);
			void say.error(message);
		}
	};
}

async function makeIn(folder: vscode.Uri, given: NewPlanArgument, runner: NewPlanRunner): Promise<void> {
	const place = await choosePlace(folder, given);
	if (place === null) {
		return;
	}
	// Questions and the YAML library are a bundle of their own (esbuild.mjs): most windows never plan anything.
	const { InterviewSession } = await import('../../core/prd/interviewSession.ts');
	const editor = new PrdEditor(vscode.Uri.joinPath(folder, place.paths.prd), InterviewSession);
	if (!(await editor.exists()) && !(await begin(editor, given))) {
		return;
	}
	await editor.show();
	if ((await askQuestions(editor, given.answers ?? {})) === 'later') {
		void say.info(
			vscode.l10n.t(
				'Go on with “New Plan” whenever you like: every answer is kept in {0}.',
				vscode.workspace.asRelativePath(editor.uri),
			),
		);
		return;
	}
	const agent = given.agent === undefined ? await chooseAgent(runner.agents(folder)) : given.agent;
	if (agent === undefined || (agent !== null && !isTrusted())) {
		return;
	}
	await makeTasks({ runner, place, agent });
}

/** Null when the person thought better of it. */
async function choosePlace(folder: vscode.Uri, given: NewPlanArgument): Promise<Place | null> {
	const paths = newPlanPaths(null);
	if (given.feature === undefined && !(await hasFiles(vscode.Uri.joinPath(folder, paths.tasks)))) {
		return { folder, feature: null, paths };
	}
	const feature = given.feature ?? (await askForFeature());
	return feature === undefined ? null : { folder, feature, paths: newPlanPaths(feature) };
}

async function hasFiles(folder: vscode.Uri): Promise<boolean> {
	try {
		return (await vscode.workspace.fs.readDirectory(folder)).length > 0;
	} catch {
		return false;
	}
}

async function askForFeature(): Promise<string | undefined> {
	const name = await vscode.window.showInputBox({
		title: vscode.l10n.t('New Plan: Feature'),
		prompt: vscode.l10n.t('There is a plan already. Which feature is planned beside it?'),
		placeHolder: 'gift-cards',
		ignoreFocusOut: true,
		validateInput: (value) =>
			isFeatureName(value.trim()) ? null : vscode.l10n.t('Letters, digits and dashes, at most 40.'),
	});
	return name?.trim();
}

/** False when the person thought better of it. */
async function begin(editor: PrdEditor, given: NewPlanArgument): Promise<boolean> {
	const common = { options: [], number: null, value: '', canGoBack: false, canFinish: false, problem: '' };
	let goal = given.goal ?? null;
	while (goal === null || goal.trim() === '') {
		const reply = await askStep({
			...common,
			title: vscode.l10n.t('New Plan: Goal'),
			prompt: vscode.l10n.t('What is wanted?'),
			placeholder: vscode.l10n.t('An e-commerce platform with a catalog, a cart and a checkout'),
		});
		if (reply.kind !== 'answer') {
			return false;
		}
		goal = reply.text;
	}
	const constraints = given.constraints ?? (given.goal === undefined ? await askForConstraints(common) : '');
	if (constraints === null) {
		return false;
	}
	await editor.begin({ goal, constraints });
	return true;
}

async function askForConstraints(
	common: Omit<Parameters<typeof askStep>[0], 'title' | 'prompt' | 'placeholder'>,
): Promise<string | null> {
	const reply = await askStep({
		...common,
		title: vscode.l10n.t('New Plan: Constraints'),
		prompt: vscode.l10n.t('What limits the work? Leave it empty where nothing does.'),
		placeholder: vscode.l10n.t('Python, FastAPI, PostgreSQL, Docker, solo developer'),
	});
	return reply.kind === 'answer' ? reply.text : null;
}

/** Null for templates, undefined when the person thought better of it. Nothing that costs money is chosen by itself. */
async function chooseAgent(agents: readonly string[]): Promise<string | null | undefined> {
	if (agents.length === 0) {
		return null;
	}
	const templates = { label: vscode.l10n.t('Templates'), agent: null as string | null };
	const items = [
		{ ...templates, description: vscode.l10n.t('the same tasks for the same PRD; costs nothing') },
		...agents.map((agent) => ({
			label: agent,
			agent,
			description: vscode.l10n.t('plans the tasks, and does them in a run'),
		})),
	];
	const title = vscode.l10n.t('New Plan: Who Plans the Tasks?');
	const choice = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
	return choice === undefined ? undefined : choice.agent;
}

async function makeTasks(options: {
	readonly runner: NewPlanRunner;
	readonly place: Place;
	readonly agent: string | null;
}): Promise<void> {
	const { runner, place, agent } = options;
	const title = vscode.l10n.t('Planning tasks');
	const where = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
	const outcome = await vscode.window.withProgress(where, (progress, token) =>
		runner.make({
			...{ folder: place.folder, feature: place.feature, agent, token },
			onProgress: (message) => progress.report({ message }),
		}),
	);
	await tell(outcome, place);
}

async function tell({ kind, tasks, problems, inTheWay }: NewPlanOutcome, place: Place): Promise<void> {
	const [first = ''] = problems;
	switch (kind) {
		case 'made': {
			const requirements = vscode.Uri.joinPath(place.folder, place.paths.requirements);
			await vscode.commands.executeCommand('markdown.showPreviewToSide', requirements);
			void say.info(
				vscode.l10n.t('Tasks planned: {0}. Look at them in the Plan view before you run them.', tasks),
			);
			return;
		}
		case 'failed':
			void say.error(
				inTheWay.length > 0
					? vscode.l10n.t('No task was written: {0} is there already.', inTheWay[0] ?? '')
					: vscode.l10n.t('No task was written: {0}', first),
			);
			return;
		case 'open':
			void say.warning(vscode.l10n.t('Some answers are still needed before there can be tasks.'));
			return;
		case 'stopped':
			void say.info(vscode.l10n.t('Stopped. No task was written.'));
	}
}

/** Anything may call a command: what has another shape counts as not given. */
function readArgument(argument: unknown): NewPlanArgument {
	if (typeof argument === 'string') {
		return { goal: argument };
	}
	if (typeof argument !== 'object' || argument === null) {
		return {};
	}
	const { goal, constraints, feature, answers, agent } = argument as Readonly<Record<string, unknown>>;
	return {
		...(typeof goal === 'string' && { goal }),
		...(typeof constraints === 'string' && { constraints }),
		...(typeof feature === 'string' && isFeatureName(feature) && { feature }),
		...(typeof answers === 'object' && answers !== null && { answers: textsOf(answers) }),
		...((typeof agent === 'string' || agent === null) && { agent }),
	};
}

function textsOf(value: object): GivenAnswers {
	return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));
}
