import type { Command } from 'commander';
import { registerAnswers } from './answerCommand.ts';
import { registerBudget } from './budgetCommand.ts';
import { registerCheck } from './checkCommand.ts';
import { registerClean } from './cleanCommand.ts';
import { registerDiscover } from './discoverCommand.ts';
import { registerEvidence } from './evidenceCommand.ts';
import { registerImport } from './importCommand.ts';
import { registerLogs } from './logsCommand.ts';
import { registerNew } from './newCommand.ts';
import { registerPlan } from './planCommand.ts';
import { registerPreview } from './previewCommand.ts';
import { registerRenamed } from './renamedCommand.ts';
import { registerReplan } from './replanCommand.ts';
import { registerReport } from './reportCommand.ts';
import { registerRun } from './runCommand.ts';
import { registerStatus } from './statusCommand.ts';
import { registerStop } from './stopCommand.ts';
import { registerWhy } from './whyCommand.ts';

/** Every command of the command line, in the order in which the help lists them. */
export function registerCommands(program: Command): void {
	registerCheck(program);
	registerAnswers(program);
	registerPlan(program);
	registerPreview(program);
	registerRun(program);
	registerDiscover(program);
	registerReplan(program);
	registerRenamed(program);
	registerBudget(program);
	registerStatus(program);
	registerReport(program);
	registerEvidence(program);
	registerStop(program);
	registerWhy(program);
	registerLogs(program);
	registerClean(program);
	registerImport(program);
	registerNew(program);
}
