import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../core/base/disposable.ts';
import type { Logger } from '../core/base/ports.ts';
import type { PlanId } from '../core/plan/plan.ts';
import { planGlobs } from '../core/plan/planFiles.ts';
import { RunFollower } from '../engine/journal/runFollower.ts';
import { requestStop } from '../engine/journal/runRequests.ts';
import { PlanClient } from './client/planClient.ts';
import type { CommandServices } from './commands/commandServices.ts';
import { commandTable } from './commands/commandTable.ts';
import { ContextKeyWriter } from './config/contextKeyWriter.ts';
import { Settings } from './config/settings.ts';
import type { CommandId } from './contributions.ts';
import { contextKeys } from './contributions.ts';
import { registerGraph } from './graph/registerGraph.ts';
import { PlanCodeLens } from './lens/planCodeLens.ts';
import { outputLogger } from './log/outputLogger.ts';
import { NeedsView } from './needs/needsView.ts';
import { NewPlanRunner } from './newPlan/newPlanRunner.ts';
import { RunNotifications } from './notify/runNotifications.ts';
import { say } from './notify/say.ts';
import type { RequestForecast } from './panels/forecastSource.ts';
import { ForecastSource } from './panels/forecastSource.ts';
import { HistorySource } from './panels/historySource.ts';
import { samplesReader } from './panels/samplesReader.ts';
import { PlanStore } from './plans/planStore.ts';
import { registerPreview } from './preview/registerPreview.ts';
import { ProblemPages } from './problems/problemPages.ts';
import { ReplanRunner } from './replan/replanRunner.ts';
import { EngineLauncher } from './runs/engineLauncher.ts';
import { EvidenceRestorer } from './runs/evidenceRestorer.ts';
import { rootPathOf } from './runs/planPaths.ts';
import { RenameNotes } from './runs/renameNotes.ts';
import { RunStarter } from './runs/runStarter.ts';
import { RunStore } from './runs/runStore.ts';
import { RunsView } from './runsView/runsView.ts';
import type { PlanStatus } from './status/planStatus.ts';
import { StatusBar } from './status/statusBar.ts';
import { StatusWiring } from './status/statusWiring.ts';
import { TaskTerminals } from './terminals/taskTerminals.ts';
import { registerTimeline } from './timeline/registerTimeline.ts';
import { PlanTreeView } from './tree/planTreeView.ts';
import { WhyDocuments } from './why/whyDocuments.ts';
import { WhyHover } from './why/whyHover.ts';
import { WindowClosing } from './windows/windowClosing.ts';

/** The loaded extension, as the eager part and the tests see it. */
export interface Host {
	execute(command: CommandId, argument: unknown): Promise<void>;
	/** Ends everything of this window; runs go on as the setting says. */
	close(): Promise<void>;
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly tree: PlanTreeView;
	readonly needs: NeedsView;
	readonly runsView: RunsView;
	/** By this window, since it was opened. */
	readonly enginesStarted: number;
}

/** What everything else stands on. */
interface Ground {
	readonly context: vscode.ExtensionContext;
	/** Owns all there is; ends with the window. */
	readonly owned: DisposableStore;
	readonly channel: vscode.LogOutputChannel;
	readonly logger: Logger;
	readonly settings: Settings;
	/** Path of a bundle. */
	readonly dist: (file: string) => string;
}

interface Stores {
	readonly client: PlanClient;
	readonly plans: PlanStore;
	readonly runs: RunStore;
}

/** The composition root of the host: everything is constructed here, in order, and owned by one store. */
export async function startHost(context: vscode.ExtensionContext): Promise<Host> {
	const ground = layGround(context);
	const { owned, channel, settings, logger } = ground;
	const stores = openStores(ground);
	const { plans, runs, client } = stores;
	const tree = owned.add(new PlanTreeView({ plans, runs }));
	const keys = new ContextKeyWriter();
	const needs = owned.add(new NeedsView({ plans, runs, keys }));
	const runsView = owned.add(new RunsView({ plans, runs, logger }));
	const graph = owned.add(registerGraph({ extensionUri: context.extensionUri, plans, runs, logger }));
	const launcher = new EngineLauncher({
		cliPath: ground.dist('cli.js'),
		logFolder: context.logUri.fsPath,
		logger,
	});
	const starter = createStarter(ground, stores, launcher);
	const commands = commandTable({
		...{ plans, runs, tree, graph, logger, starter, extensionUri: context.extensionUri },
		...createForecasts(ground, stores, starter),
		why: owned.add(new WhyDocuments()),
		terminals: createTerminals(ground, stores),
		newPlans: createNewPlans(ground),
		replans: createReplans(ground),
		evidence: new EvidenceRestorer(ground.dist('cli.js'), logger),
		planEdit: (plan, wish) => client.planEdit(plan, wish),
		openForeignPlan: (uris) => client.openForeign(uris),
		closeForeignPlan: (uris) => client.closeForeign(uris),
		requestPlans: () => client.requestPlans(),
		showOutput: () => channel.show(true),
	});
	const execute = async (command: CommandId, argument: unknown) => commands[command](argument);
	const status = createStatus(ground, stores, { tree, keys });
	owned.add(new ProblemPages(context.extensionUri));
	const lens = owned.add(new PlanCodeLens({ plans, runs, settings }));
	owned.add(vscode.languages.registerCodeLensProvider(lensSelector, lens));
	owned.add(vscode.languages.registerHoverProvider(lensSelector, new WhyHover({ plans, runs })));
	owned.add(new RunNotifications({ plans, runs, execute, isTreeVisible: () => tree.isVisible }));
	const closing = owned.add(new WindowClosing({ runs, settings, logger }));

	await startClient(client, logger);
	status.update();
	keys.set(contextKeys.ready, true);
	return {
		...{ execute, plans, runs, tree, needs, runsView },
		get enginesStarted() {
			return launcher.started;
		},
		async close() {
			await closing.close();
			await client.stop();
			owned.dispose();
		},
	};
}

function layGround(context: vscode.ExtensionContext): Ground {
	const owned = new DisposableStore();
	const channel = owned.add(vscode.window.createOutputChannel('Switchyard', { log: true }));
	return {
		...{ context, owned, channel },
		logger: outputLogger(channel),
		settings: new Settings(),
		dist: (file) => join(context.extensionPath, 'dist', file),
	};
}

function openStores({ context, owned, channel, logger, dist }: Ground): Stores {
	// The store asks the server, and the server's messages fill the store: the one knot of the house.
	const plans: PlanStore = owned.add(new PlanStore({ requestPlans: () => client.requestPlans(), logger }));
	const client: PlanClient = owned.add(
		new PlanClient({
			serverPath: dist('server.js'),
			channel,
			memory: context.workspaceState,
			onPlanUpdate: (update) => plans.apply(update),
			onServerGone: () => plans.forgetVersions(),
			onRenameOffered: (rename) => renames.offered(rename),
		}),
	);
	const createFollower = (id: PlanId) => {
		const rootPath = rootPathOf(id);
		return rootPath === null ? null : new RunFollower({ rootPath, planKey: id.key, logger });
	};
	const runs = owned.add(new RunStore({ plans, createFollower, logger }));
	const renames: RenameNotes = owned.add(new RenameNotes({ plans, runs, logger }));
	return { client, plans, runs };
}

function createStarter(
	{ context, owned, channel, logger, settings }: Ground,
	{ runs }: Stores,
	launcher: EngineLauncher,
): RunStarter {
	const storageFolder = (context.storageUri ?? context.globalStorageUri).fsPath;
	const showOutput = () => channel.show(true);
	return owned.add(new RunStarter({ runs, settings, launcher, storageFolder, logger, showOutput }));
}

function createNewPlans({ context, dist, settings, logger }: Ground): NewPlanRunner {
	const storageFolder = join((context.storageUri ?? context.globalStorageUri).fsPath, 'newPlan');
	return new NewPlanRunner({ cliPath: dist('cli.js'), settings, storageFolder, logger });
}

function createReplans({ context, dist, settings, logger }: Ground): ReplanRunner {
	const storageFolder = join((context.storageUri ?? context.globalStorageUri).fsPath, 'replan');
	return new ReplanRunner({ cliPath: dist('cli.js'), settings, storageFolder, logger });
}

function createTerminals({ owned, logger, settings, dist }: Ground, { plans, runs }: Stores): TaskTerminals {
	return owned.add(
		new TaskTerminals({
			...{ plans, runs, settings, logger },
			viewerPath: dist('viewer.js'),
			stopTask: (run, task) => requestStop(run.folder, [task], 'editor'),
		}),
	);
}

function createStatus(
	{ owned }: Ground,
	{ plans, runs }: Stores,
	{ tree, keys }: { readonly tree: PlanTreeView; readonly keys: ContextKeyWriter },
): StatusWiring {
	const statusBar = owned.add(new StatusBar());
	const show = (status: PlanStatus) => {
		tree.update(status);
		statusBar.update(status);
	};
	return owned.add(new StatusWiring({ plans, runs, keys, show }));
}

/** By name alone: whether a file of any file system is a plan's, the lens itself knows. */
const lensSelector = planGlobs.map((pattern) => ({ pattern }));

/** The panels that simulate. */
function createForecasts(
	{ context, owned, settings, logger }: Ground,
	{ client, plans, runs }: Stores,
	starter: RunStarter,
): Pick<CommandServices, 'previews' | 'timelines' | 'planTracks'> {
	const request: RequestForecast = (plan, how) => client.forecastPlan(plan, how);
	const forecasts = new ForecastSource({ request, settings });
	const read = samplesReader(context.asAbsolutePath('dist/historyWorker.js'));
	const history = owned.add(new HistorySource({ read, runs, logger }));
	const shared = { extensionUri: context.extensionUri, plans, forecasts, history, logger };
	return {
		previews: owned.add(registerPreview({ ...shared, starter })),
		timelines: owned.add(registerTimeline({ ...shared, runs })),
		// The server knows the texts, and only the host can read what earlier runs took.
		planTracks: async (wish) => client.planTracks({ ...wish, samples: await history.samples(wish.plan) }),
	};
}

/** Without its server the window still follows runs, stops them and shows the log. */
async function startClient(client: PlanClient, logger: Logger): Promise<void> {
	try {
		await client.start();
	} catch (error) {
		logger.error(`The language server could not be started: ${String(error)}`);
		void say.error(vscode.l10n.t('Switchyard cannot check plans: its language server could not be started.'));
	}
}
