import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../core/base/disposable.ts';
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
import { RunNotifications } from './notify/runNotifications.ts';
import { say } from './notify/say.ts';
import { PlanStore } from './plans/planStore.ts';
import { EngineLauncher } from './runs/engineLauncher.ts';
import { rootPathOf } from './runs/planPaths.ts';
import { RunStarter } from './runs/runStarter.ts';
import { RunStore } from './runs/runStore.ts';
import { StatusBar } from './status/statusBar.ts';
import { StatusWiring } from './status/statusWiring.ts';
import { TaskTerminals } from './terminals/taskTerminals.ts';
import { PlanTreeView } from './tree/planTreeView.ts';
import { WindowClosing } from './windows/windowClosing.ts';

/** The loaded extension, as the eager part and the tests see it. */
export interface Host {
	execute(command: CommandId, argument: unknown): Promise<void>;
	/** Ends everything of this window; runs go on as the setting says. */
	close(): Promise<void>;
	readonly plans: PlanStore;
	readonly runs: RunStore;
	readonly tree: PlanTreeView;
}

/** The composition root of the host: everything is constructed here, in order, and owned by one store. */
export async function startHost(context: vscode.ExtensionContext): Promise<Host> {
	const owned = new DisposableStore();
	const channel = owned.add(vscode.window.createOutputChannel('Switchyard', { log: true }));
	const logger = outputLogger(channel);
	const settings = new Settings();
	const keys = new ContextKeyWriter();
	const dist = (file: string) => join(context.extensionPath, 'dist', file);
	const showOutput = () => channel.show(true);

	const plans: PlanStore = owned.add(new PlanStore({ requestPlans: () => client.requestPlans(), logger }));
	const client: PlanClient = owned.add(
		new PlanClient({
			serverPath: dist('server.js'),
			channel,
			onPlanUpdate: (update) => plans.apply(update),
			onServerGone: () => plans.forgetVersions(),
		}),
	);
	const runs = owned.add(
		new RunStore({
			plans,
			createFollower: (id) => {
				const rootPath = rootPathOf(id);
				return rootPath === null ? null : new RunFollower({ rootPath, planKey: id.key, logger });
			},
			logger,
		}),
	);
	const launcher = new EngineLauncher({
		cliPath: dist('cli.js'),
		logFolder: context.logUri.fsPath,
		logger,
	});
	const storageFolder = (context.storageUri ?? context.globalStorageUri).fsPath;
	const starter = owned.add(new RunStarter({ runs, settings, launcher, storageFolder, logger, showOutput }));
	const terminals = owned.add(
		new TaskTerminals({
			...{ plans, runs, settings, logger },
			viewerPath: dist('viewer.js'),
			stopTask: (run, task) => requestStop(run.folder, [task], 'editor'),
		}),
	);
	const tree = owned.add(new PlanTreeView({ plans, runs }));
	const execute = async (command: CommandId, argument: unknown) => commands[command](argument);
	const { extensionUri } = context;
	const graph = owned.add(registerGraph({ extensionUri, plans, runs, logger }));
	const services: CommandServices = {
		...{ plans, runs, starter, terminals, graph, tree, extensionUri, showOutput, logger },
		requestPlans: () => client.requestPlans(),
	};
	const commands = commandTable(services);
	const statusBar = owned.add(new StatusBar());
	const status = owned.add(
		new StatusWiring({
			...{ plans, runs, keys },
			show: (sum) => {
				tree.update(sum);
				statusBar.update(sum);
			},
		}),
	);
	const lens = owned.add(new PlanCodeLens({ plans, runs, settings }));
	owned.add(vscode.languages.registerCodeLensProvider(client.documentSelector, lens));
	owned.add(new RunNotifications({ plans, runs, execute, isTreeVisible: () => tree.isVisible }));
	const closing = owned.add(new WindowClosing({ runs, settings, logger }));

	try {
		await client.start();
	} catch (error) {
		// Without its server the window still follows runs, stops them and shows the log.
		logger.error(`The language server could not be started: ${String(error)}`);
		void say.error(vscode.l10n.t('Switchyard cannot check plans: its language server could not be started.'));
	}
	status.update();
	keys.set(contextKeys.ready, true);
	return {
		...{ execute, plans, runs, tree },
		async close() {
			await closing.close();
			await client.stop();
			owned.dispose();
		},
	};
}
