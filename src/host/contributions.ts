/** Every id that package.json contributes, in one place; test/unit/host/contributions.test.ts compares the two. */
export const commandIds = [
	'switchyard.runAll',
	'switchyard.runTrack',
	'switchyard.runSprint',
	'switchyard.runTask',
	'switchyard.stop',
	'switchyard.retryTask',
	'switchyard.skipTask',
	'switchyard.approveTask',
	'switchyard.rejectTask',
	'switchyard.confirmRename',
	'switchyard.refuseRename',
	'switchyard.continueBudget',
	'switchyard.setBudget',
	'switchyard.resumeRun',
	'switchyard.openEvidence',
	'switchyard.revealInYaml',
	'switchyard.showInTree',
	'switchyard.showInGraph',
	'switchyard.openGraph',
	'switchyard.previewRun',
	'switchyard.openTimeline',
	'switchyard.showTerminal',
	'switchyard.showWhy',
	'switchyard.createPlan',
	'switchyard.newPlan',
	'switchyard.addTask',
	'switchyard.moveToSprint',
	'switchyard.addDependency',
	'switchyard.removeDependency',
	'switchyard.renumberTasks',
	'switchyard.planTracks',
	'switchyard.reviewReplan',
	'switchyard.importPlan',
	'switchyard.openForeign',
	'switchyard.openRunFile',
	'switchyard.cleanRuns',
	'switchyard.closeForeign',
	'switchyard.openSample',
	'switchyard.showProblems',
	'switchyard.showActions',
	'switchyard.showOutput',
	'switchyard.refresh',
] as const;
export type CommandId = (typeof commandIds)[number];

export const viewContainerId = 'switchyard';
export const planViewId = 'switchyard.plan';
export const needsViewId = 'switchyard.needs';
export const runsViewId = 'switchyard.runs';
export const walkthroughId = 'start';

/** Keys of `when` clauses, with what they mean. */
export const contextKeys = {
	/** The server has said which plans there are. */
	ready: 'switchyard.ready',
	/** A plan that can be run. */
	hasPlan: 'switchyard.hasPlan',
	/** Also plans of other tools. */
	hasAnyPlan: 'switchyard.hasAnyPlan',
	planHasErrors: 'switchyard.planHasErrors',
	isRunning: 'switchyard.isRunning',
	canResume: 'switchyard.canResume',
	/** Something waits for a person. */
	needsYou: 'switchyard.needsYou',
} as const;
export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];

export const settingSection = 'switchyard';
export const settingIds = [
	'switchyard.jobs',
	'switchyard.agentLimit',
	'switchyard.agents',
	'switchyard.saveBeforeRun',
	'switchyard.onWindowClose',
	'switchyard.codeLens.enabled',
	'switchyard.inlayHints.enabled',
	'switchyard.terminals.open',
	'switchyard.terminals.limit',
	'switchyard.terminals.close',
	'switchyard.terminals.location',
	'switchyard.trace.server',
] as const;
export type SettingId = (typeof settingIds)[number];
