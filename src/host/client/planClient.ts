import * as vscode from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import { DisposableOwner } from '../../core/base/disposable.ts';
import { foreignGlobs } from '../../core/plan/foreign/foreignPlaces.ts';
import type { PlanId } from '../../core/plan/plan.ts';
import { planGlobs, summaryGlobs } from '../../core/plan/planFiles.ts';
import type { ConfiguredAgent } from '../../core/run/agentTable.ts';
import type { RunChoice } from '../../core/run/runPlan.ts';
import type {
	ForecastPlan,
	PlanTracksReply,
	PlanTracksWish,
	PlanUpdate,
	PlanWish,
	TaskRename,
} from '../../protocol/lsp.ts';
import {
	closeForeignRequest,
	editPlanRequest,
	fileExistsRequest,
	forecastPlanRequest,
	listFolderRequest,
	openForeignRequest,
	planRequest,
	planTracksRequest,
	planUpdated,
	problemPagesScheme,
	readFileRequest,
	renameOffered,
} from '../../protocol/lsp.ts';
import { OpenedForeign } from './openedForeign.ts';
import { RestartPolicy } from './restartPolicy.ts';
import { validatedElsewhere } from './validatedElsewhere.ts';
import { fileExists, listFolder, readFile } from './workspaceFiles.ts';

export interface PlanClientOptions {
	/** Path of dist/server.js. */
	readonly serverPath: string;
	readonly channel: vscode.LogOutputChannel;
	/** What is kept for this workspace over reloads. */
	readonly memory: vscode.Memento;
	/** A change of one plan; every plan as a reset after start and restart. */
	readonly onPlanUpdate: (update: PlanUpdate) => void;
	/** The server ended, by itself or not: versions start again. */
	readonly onServerGone: () => void;
	/** A rename of a task was computed; the editor may apply it or not. */
	readonly onRenameOffered: (rename: TaskRename) => void;
}

/** The connection to the language server, which owns the plans. Claims planning files only, never all YAML. */
export class PlanClient extends DisposableOwner {
	readonly #client: LanguageClient;
	readonly #options: PlanClientOptions;
	/** The client reads it at each start: file systems may join the window later. */
	readonly #selector: { scheme: string; pattern: string }[] = selectorFor(schemesInUse());
	readonly #opened: OpenedForeign;
	#isStarted = false;

	constructor(options: PlanClientOptions) {
		super();
		this.#options = options;
		const restarts = new RestartPolicy({
			restart: () => void this.restart(),
			showLog: () => options.channel.show(true),
		});
		// The id is also the section of `trace.server` in the settings.
		this.#client = new LanguageClient(
			'switchyard',
			'Switchyard',
			serverOptions(options.serverPath),
			this.#clientOptions(restarts),
		);
		this.#opened = this.register(
			new OpenedForeign({
				memory: options.memory,
				open: (uris) => this.#client.sendRequest(openForeignRequest, { uris: [...uris] }),
				close: (uris) => this.#client.sendRequest(closeForeignRequest, { uris: [...uris] }),
			}),
		);
		this.register(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#claimFolders()));
		this.register(this.#client.onNotification(planUpdated, options.onPlanUpdate));
		this.register(this.#client.onNotification(renameOffered, options.onRenameOffered));
		this.register(this.#client.onRequest(readFileRequest, ({ uri }) => readFile(uri)));
		this.register(this.#client.onRequest(listFolderRequest, ({ uri }) => listFolder(uri)));
		this.register(this.#client.onRequest(fileExistsRequest, ({ uri }) => fileExists(uri)));
		this.register(
			this.#client.onDidChangeState(({ oldState, newState }) => {
				if (newState === State.Stopped && oldState !== State.Stopped) {
					options.onServerGone();
				}
				if (newState === State.Running && this.#isStarted) {
					void this.#askQuietly();
				}
			}),
		);
	}

	/** A folder of another kind of file system joined: its documents are claimed from the next start of the server on. */
	async #claimFolders(): Promise<void> {
		const known = new Set(this.#selector.map(({ scheme }) => scheme));
		const added = schemesInUse().filter((scheme) => !known.has(scheme));
		if (added.length > 0 && this.#isStarted) {
			this.#selector.push(...selectorFor(added));
			await this.restart();
		}
	}

	/** Starts the server and fetches its plans; rejects when it cannot be started at all. */
	async start(): Promise<void> {
		await this.#client.start();
		await this.#askQuietly();
		this.#isStarted = true;
	}

	/** Asks for every plan as a whole; they have arrived when this resolves. */
	async requestPlans(): Promise<void> {
		await this.#client.sendRequest(planRequest, undefined);
	}

	/** Shows files of another tool as one plan; null when they hold none. They are shown again after a restart or a reload. */
	async openForeign(uris: readonly string[]): Promise<PlanId | null> {
		return await this.#opened.open(uris);
	}

	/** Ends what `openForeign` began. */
	async closeForeign(uris: readonly string[]): Promise<void> {
		await this.#opened.close(uris);
	}

	/** What planning would do to the files of a plan; nothing is written. */
	async planTracks(wish: PlanTracksWish): Promise<PlanTracksReply> {
		return await this.#client.sendRequest(planTracksRequest, wish);
	}

	/** The edit that fulfils a wish; null where nothing has to be done. */
	async planEdit(
		plan: PlanId,
		wish: PlanWish,
	): Promise<{ readonly edit: vscode.WorkspaceEdit | null } | { readonly fault: string }> {
		const reply = await this.#client.sendRequest(editPlanRequest, { plan, wish });
		if ('fault' in reply) {
			return reply;
		}
		return reply.edit === null
			? { edit: null }
			: { edit: await this.#client.protocol2CodeConverter.asWorkspaceEdit(reply.edit) };
	}

	/** The plan as a run would take it, from the open editors; null when the server knows no such plan. */
	async forecastPlan(
		plan: PlanId,
		{ agents, choice }: { readonly agents: readonly ConfiguredAgent[]; readonly choice: RunChoice },
	): Promise<ForecastPlan | null> {
		return this.#client.sendRequest(forecastPlanRequest, { plan, agents, choice });
	}

	async restart(): Promise<void> {
		await this.#client.restart();
	}

	async stop(): Promise<void> {
		this.dispose();
		if (this.#client.needsStop()) {
			await this.#client.dispose(2_000);
		}
	}

	/** After a start or a restart the deltas of before mean nothing. */
	async #askQuietly(): Promise<void> {
		try {
			await this.#opened.openAll();
			await this.requestPlans();
		} catch (error) {
			this.#options.channel.warn(`The language server did not send its plans: ${String(error)}`);
		}
	}

	#clientOptions(restarts: RestartPolicy): LanguageClientOptions {
		return {
			documentSelector: this.#selector,
			diagnosticCollectionName: 'switchyard',
			initializationOptions: () => ({
				validatedElsewhere: validatedElsewhere(),
				problemPages: problemPagesScheme,
			}),
			outputChannel: this.#options.channel,
			traceOutputChannel: this.#options.channel,
			errorHandler: restarts,
			synchronize: {
				fileEvents: [...planGlobs, ...summaryGlobs, ...foreignGlobs, '**/.gitignore'].map((glob) =>
					this.register(vscode.workspace.createFileSystemWatcher(glob)),
				),
			},
		};
	}
}

function serverOptions(module: string): ServerOptions {
	return {
		run: { module, transport: TransportKind.ipc },
		debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--enable-source-maps'] } },
	};
}

function selectorFor(schemes: readonly string[]): { scheme: string; pattern: string }[] {
	return schemes.flatMap((scheme) => planGlobs.map((pattern) => ({ scheme, pattern })));
}

/** Documents of other schemes (the old side of a diff, a chat snippet) are no plan of this workspace. */
function schemesInUse(): readonly string[] {
	const folders = vscode.workspace.workspaceFolders ?? [];
	return [...new Set(['file', ...folders.map((folder) => folder.uri.scheme)])];
}
