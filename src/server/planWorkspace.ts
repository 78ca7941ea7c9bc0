import { hiddenPlaces } from '../core/plan/foreign/foreignPlaces.ts';
import type { PlanId } from '../core/plan/plan.ts';
import { classify, isSkippedPath } from '../core/plan/planFiles.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import { baseName, parentUri, relativePath } from '../core/plan/uris.ts';
import type { PlanLookup } from './features/planLookup.ts';
import type { FileSource } from './fileSource.ts';
import { FolderPlans } from './folderPlans.ts';
import { ForeignPlans } from './foreignPlans.ts';
import type { PlanOutput } from './livePlan.ts';
import type { OpenText } from './planFileStore.ts';

export interface PlanWorkspaceOptions {
	/** The source for a folder, chosen by its scheme. */
	readonly sourceFor: (folderUri: string) => FileSource;
	readonly output: PlanOutput;
	/** Said when `refresh` has something to do. */
	readonly onChange: () => void;
}

/** All plans of a window: its workspace folders, and plan files that were opened from elsewhere. */
export class PlanWorkspace {
	readonly #options: PlanWorkspaceOptions;
	readonly #folders = new Map<string, FolderPlans>();
	/** Folders of plan files that lie in no workspace folder; they are never searched. */
	readonly #loose = new Map<string, FolderPlans>();
	readonly #open = new Map<string, OpenText>();
	/** Plans of other tools that a person opened, wherever they lie. */
	readonly #others: ForeignPlans;
	#agents: readonly string[] = [];
	#force = false;

	constructor(options: PlanWorkspaceOptions) {
		this.#options = options;
		this.#others = new ForeignPlans({
			read: (uri) => {
				// A link to elsewhere is refused by a folder that must not be left, and this file was named by a person.
				const folderUri = parentUri(uri);
				return options.sourceFor(folderUri).read(folderUri, uri);
			},
			output: options.output,
			areOpened: true,
		});
	}

	/** Takes the workspace folders as they are now; resolves when the new ones are read. */
	async setFolders(uris: readonly string[]): Promise<void> {
		const wanted = new Set(uris);
		const gone = [...this.#folders.values(), ...this.#loose.values()].filter(
			({ folderUri }) => !wanted.has(folderUri) || this.#loose.has(folderUri),
		);
		for (const folder of gone) {
			folder.dispose();
			this.#folders.delete(folder.folderUri);
			this.#loose.delete(folder.folderUri);
		}
		for (const uri of wanted) {
			if (!this.#folders.has(uri)) {
				this.#folders.set(uri, this.#newFolder(uri));
			}
		}
		for (const document of this.#open.values()) {
			this.opened(document);
		}
		// All of them: a folder that came or went changes what the folders around it own.
		await this.scanAll();
	}

	async scanAll(): Promise<void> {
		await Promise.all([...this.#folders.values()].map((folder) => folder.scan()));
	}

	/** Names of agents that the settings declare. */
	setAgents(names: readonly string[]): void {
		if (names.join('\n') !== this.#agents.join('\n')) {
			this.#agents = names;
			this.#force = true;
			this.#options.onChange();
		}
	}

	/** A text was opened or changed. */
	opened(document: OpenText): void {
		this.#open.set(document.uri, document);
		const folder = this.#folderOf(document.uri) ?? this.#looseFolderOf(document.uri);
		if (folder?.pathOf(document.uri) != null) {
			folder.setOpen(document);
			this.#options.onChange();
		}
	}

	async closed(uri: string): Promise<void> {
		this.#open.delete(uri);
		await this.#folderOf(uri)?.forgetOpen(uri);
		const loose = this.#loose.get(parentUri(uri));
		if (loose !== undefined && ![...this.#open.keys()].some((open) => parentUri(open) === loose.folderUri)) {
			loose.dispose();
			this.#loose.delete(loose.folderUri);
		}
	}

	/** A file was created or changed outside the editor. Folders are searched: editors report them instead of their files. */
	async written(uri: string): Promise<void> {
		const folder = this.#folderOf(uri);
		folder?.otherFile(uri, true);
		if (folder?.pathOf(uri) != null) {
			await folder.fileWritten(uri);
		} else if (folder?.isOtherPlace(uri) === true) {
			await folder.otherWritten(uri);
		} else if (folder !== undefined && mayHoldPlans(folder.folderUri, uri)) {
			await folder.scan();
		}
	}

	/** A file or a folder was deleted. */
	deleted(uri: string): void {
		this.#folderOf(uri)?.otherFile(uri, false);
		this.#folderOf(uri)?.fileDeleted(uri);
		if (this.#others.forget(uri)) {
			this.#options.onChange();
		}
	}

	/** Reads files of another tool as one plan and shows it; null when they hold none. A plan that was found stays as it is. */
	async openForeign(uris: readonly string[]): Promise<PlanId | null> {
		const [first] = uris;
		const found = first === undefined ? null : (this.#folderOf(first)?.otherId(first) ?? null);
		if (first === undefined || found !== null) {
			return found;
		}
		await this.#others.add(uris);
		this.#others.refresh(this.#agents);
		return this.#others.idOf(first);
	}

	/** Forgets files of a plan that was opened by hand. */
	closeForeign(uris: readonly string[]): void {
		for (const uri of uris) {
			this.#others.forget(uri);
		}
		this.#others.refresh(this.#agents);
	}

	refresh(): void {
		const force = this.#force;
		this.#force = false;
		for (const folder of [...this.#folders.values(), ...this.#loose.values()]) {
			folder.refresh({ agents: this.#agents, force });
		}
		this.#others.refresh(this.#agents);
	}

	/** Sends every plan as a whole. */
	sendAll(): void {
		for (const folder of [...this.#folders.values(), ...this.#loose.values()]) {
			folder.sendAll();
		}
		this.#others.sendAll();
	}

	part(uri: string): PlanPart | null {
		return this.#owner(uri)?.part(uri) ?? null;
	}

	/** The plan that a file belongs to, as of its last check; null for a file of no plan. */
	lookup(uri: string): PlanLookup | null {
		return this.#owner(uri)?.lookup(uri) ?? null;
	}

	lookups(): PlanLookup[] {
		return [...this.#folders.values(), ...this.#loose.values()].flatMap((folder) => folder.lookups());
	}

	/** The text of a file as the editor has it open, or as it is saved; null when it cannot be read. */
	async textOf(uri: string): Promise<string | null> {
		const open = this.#open.get(uri);
		return open === undefined ? ((await this.#owner(uri)?.savedText(uri)) ?? null) : open.getText();
	}

	/** Whether a file exists; null where nobody can say. */
	async exists(uri: string): Promise<boolean | null> {
		return (await this.#owner(uri)?.exists(uri)) ?? null;
	}

	#owner(uri: string): FolderPlans | undefined {
		return this.#folderOf(uri) ?? this.#loose.get(parentUri(uri));
	}

	#newFolder(folderUri: string): FolderPlans {
		return new FolderPlans({
			folderUri,
			source: this.#options.sourceFor(folderUri),
			output: this.#options.output,
			onChange: this.#options.onChange,
			isForeign: (uri) => {
				const owner = this.#folderOf(uri);
				return owner !== undefined && owner.folderUri !== folderUri;
			},
		});
	}

	/** The innermost workspace folder that holds a file. */
	#folderOf(uri: string): FolderPlans | undefined {
		let found: FolderPlans | undefined;
		for (const folder of this.#folders.values()) {
			const isDeeper = folder.folderUri.length > (found?.folderUri.length ?? 0);
			if (isDeeper && uri.startsWith(`${folder.folderUri}/`)) {
				found = folder;
			}
		}
		return found;
	}

	/** A plan in one file that was opened by itself stands alone; the folder form needs its folder. */
	#looseFolderOf(uri: string): FolderPlans | undefined {
		if (classify(baseName(uri)) !== 'one-file') {
			return undefined;
		}
		const folderUri = parentUri(uri);
		const folder = this.#loose.get(folderUri) ?? this.#newFolder(folderUri);
		this.#loose.set(folderUri, folder);
		return folder;
	}
}

/** True for what is a folder by the look of its name, with anything below it. Runs create many where no plan can be. */
function mayHoldPlans(folderUri: string, uri: string): boolean {
	const path = relativePath(folderUri, uri);
	const name = baseName(uri);
	// A folder of another tool has a dot before its name, and a file with rules changes what is looked at below it.
	const isMeant = hiddenPlaces.has(name) || name === '.gitignore';
	return (
		path !== null && (isMeant ? !isSkippedPath(path) : !name.includes('.') && !isSkippedPath(`${path}/`))
	);
}
