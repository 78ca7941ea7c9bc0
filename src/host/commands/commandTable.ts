import type { CommandId } from '../contributions.ts';
import { addTask } from './addTask.ts';
import { answerApproval } from './answerApproval.ts';
import { answerBudget } from './answerBudget.ts';
import { answerRename } from './answerRename.ts';
import { addDependency, removeDependency } from './changeDependencies.ts';
import { cleanRuns } from './cleanRuns.ts';
import { closeForeign } from './closeForeign.ts';
import type { CommandHandler, CommandServices } from './commandServices.ts';
import { createPlan } from './createPlan.ts';
import { importPlan } from './importPlan.ts';
import { moveToSprint } from './moveToSprint.ts';
import { newPlan } from './newPlan.ts';
import { openEvidence } from './openEvidence.ts';
import { openForeign } from './openForeign.ts';
import { openGraph } from './openGraph.ts';
import { openRunFile } from './openRunFile.ts';
import { openSample } from './openSample.ts';
import { openTimeline } from './openTimeline.ts';
import { planTracks } from './planTracks.ts';
import { previewRun } from './previewRun.ts';
import { refresh } from './refresh.ts';
import { renumberTasks } from './renumberTasks.ts';
import { resumeRun } from './resumeRun.ts';
import { retryTask } from './retryTask.ts';
import { revealInYaml } from './revealInYaml.ts';
import { reviewReplan } from './reviewReplan.ts';
import { runAll } from './runAll.ts';
import { runSprint } from './runSprint.ts';
import { runTask } from './runTask.ts';
import { runTrack } from './runTrack.ts';
import { showActions } from './showActions.ts';
import { showInTree } from './showInTree.ts';
import { showProblems } from './showProblems.ts';
import { showTerminal } from './showTerminal.ts';
import { showWhy } from './showWhy.ts';
import { skipTask } from './skipTask.ts';
import { stop } from './stop.ts';

/** What each command does; the type makes a forgotten one a compile error. */
export function commandTable(services: CommandServices): Readonly<Record<CommandId, CommandHandler>> {
	return {
		'switchyard.runAll': runAll(services),
		'switchyard.runTrack': runTrack(services),
		'switchyard.runSprint': runSprint(services),
		'switchyard.runTask': runTask(services),
		'switchyard.stop': stop(services),
		'switchyard.retryTask': retryTask(services),
		'switchyard.skipTask': skipTask(services),
		'switchyard.approveTask': answerApproval(services, 'approve'),
		'switchyard.rejectTask': answerApproval(services, 'reject'),
		'switchyard.confirmRename': answerRename(services, 'same'),
		'switchyard.refuseRename': answerRename(services, 'other'),
		'switchyard.continueBudget': answerBudget(services, 'once'),
		'switchyard.setBudget': answerBudget(services, 'amount'),
		'switchyard.resumeRun': resumeRun(services),
		'switchyard.openEvidence': openEvidence(services),
		'switchyard.revealInYaml': revealInYaml(services),
		'switchyard.showInTree': showInTree(services),
		'switchyard.showInGraph': openGraph(services),
		'switchyard.openGraph': openGraph(services),
		'switchyard.previewRun': previewRun(services),
		'switchyard.openTimeline': openTimeline(services),
		'switchyard.showTerminal': showTerminal(services),
		'switchyard.showWhy': showWhy(services),
		'switchyard.createPlan': createPlan(),
		'switchyard.newPlan': newPlan(services),
		'switchyard.addTask': addTask(services),
		'switchyard.moveToSprint': moveToSprint(services),
		'switchyard.addDependency': addDependency(services),
		'switchyard.removeDependency': removeDependency(services),
		'switchyard.renumberTasks': renumberTasks(services),
		'switchyard.planTracks': planTracks(services),
		'switchyard.reviewReplan': reviewReplan(services),
		'switchyard.importPlan': importPlan(services),
		'switchyard.openForeign': openForeign(services),
		'switchyard.openRunFile': openRunFile(services),
		'switchyard.cleanRuns': cleanRuns(services),
		'switchyard.closeForeign': closeForeign(services),
		'switchyard.openSample': openSample(services),
		'switchyard.showProblems': showProblems(services),
		'switchyard.showActions': showActions(services),
		'switchyard.showOutput': async () => services.showOutput(),
		'switchyard.refresh': refresh(services),
	};
}
