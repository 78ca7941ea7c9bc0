import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { HostLoader } from '../../../src/host/activation/hostLoader.ts';
import type { Host } from '../../../src/host/main.ts';
import type { PlanModel } from '../../../src/host/plans/planModel.ts';
import { planKey } from '../../../src/host/plans/planModel.ts';

/** What the extension exports in test windows. */
export async function activated(): Promise<HostLoader> {
	const extension = vscode.extensions.getExtension<{ host: HostLoader }>('switchyard.switchyard');
	assert.ok(extension, 'the extension is not there');
	return (await extension.activate()).host;
}

export async function loadedHost(): Promise<Host> {
	return (await activated()).load();
}

/** Waits until a condition holds and gives its value; after the limit it fails with what was waited for. */
export async function until<T>(
	what: string,
	condition: () => T | Promise<T>,
	limitMs = 40_000,
): Promise<NonNullable<T>> {
	const deadline = Date.now() + limitMs;
	for (;;) {
		const value = await condition();
		if (value) {
			return value as NonNullable<T>;
		}
		assert.ok(Date.now() < deadline, `waited ${limitMs} ms for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** The plan of the window, once the server has sent it with some tasks. */
export async function loadedPlan(host: Host, tasks = 1): Promise<PlanModel> {
	return until(`a plan with ${tasks} tasks`, () => host.plans.plans.find((plan) => plan.tasks.size >= tasks));
}

export function workspacePath(...parts: string[]): string {
	const [folder] = vscode.workspace.workspaceFolders ?? [];
	assert.ok(folder, 'no folder is open');
	return path.join(folder.uri.fsPath, ...parts);
}

/** The lines of the tree as a user reads them, down to `depth` levels. */
export async function treeLines(host: Host, depth = 3): Promise<string[]> {
	const { provider } = host.tree;
	const lines = async (parent: unknown, level: number): Promise<string[]> => {
		const children = (await provider.getChildren(parent as never)) ?? [];
		const parts = await Promise.all(
			children.map(async (child) => {
				const item = await provider.getTreeItem(child);
				const below = level < depth ? await lines(child, level + 1) : [];
				return [`${'  '.repeat(level - 1)}${item.label} | ${item.description}`, ...below];
			}),
		);
		return parts.flat();
	};
	return lines(undefined, 1);
}

export function statusOf(host: Host, plan: PlanModel, task: string): string | undefined {
	return host.runs.current(plan.id)?.task(task)?.status;
}

export function targetOf(plan: PlanModel, part: { task?: string; sprint?: string } = {}) {
	return { plan: planKey(plan.id), ...part };
}

/** Replaces text in an open document without saving, as typing does. */
export async function type(file: vscode.Uri, from: string, to: string): Promise<vscode.TextDocument> {
	const document = await vscode.workspace.openTextDocument(file);
	const at = document.getText().indexOf(from);
	assert.ok(at >= 0, `${file.path} has no ${from}`);
	const edit = new vscode.WorkspaceEdit();
	edit.replace(file, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
	assert.equal(await vscode.workspace.applyEdit(edit), true);
	return document;
}

export function exists(...parts: string[]): boolean {
	return existsSync(workspacePath(...parts));
}
