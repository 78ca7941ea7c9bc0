import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
	commandIds,
	contextKeys,
	needsViewId,
	planViewId,
	runsViewId,
	settingIds,
	viewContainerId,
	walkthroughId,
} from '../../../src/host/contributions.ts';

const root = new URL('../../../', import.meta.url);
const manifestText = readFileSync(new URL('package.json', root), 'utf8');
const manifest = JSON.parse(manifestText);
const strings: Record<string, string> = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8'));
const { contributes, capabilities, activationEvents } = manifest;

function idsOf(list: readonly { command: string }[]): string[] {
	return list.map(({ command }) => command);
}

describe('the manifest', () => {
	it('contributes exactly the commands of the table', () => {
		expect(idsOf(contributes.commands).sort()).toEqual([...commandIds].sort());
	});

	it('puts only existing commands into menus', () => {
		const used = Object.values<{ command: string }[]>(contributes.menus).flatMap(idsOf);
		expect(used.filter((id) => !commandIds.some((known) => known === id))).toEqual([]);
	});

	it('contributes the views, settings and walkthrough of the table', () => {
		expect(contributes.viewsContainers.activitybar.map(({ id }: { id: string }) => id)).toEqual([
			viewContainerId,
		]);
		expect(contributes.views[viewContainerId].map(({ id }: { id: string }) => id)).toEqual([
			planViewId,
			needsViewId,
			runsViewId,
		]);
		expect(Object.keys(contributes.configuration.properties).sort()).toEqual([...settingIds].sort());
		expect(contributes.walkthroughs.map(({ id }: { id: string }) => id)).toEqual([walkthroughId]);
	});

	it('asks only for context keys that somebody sets', () => {
		const contributed = JSON.stringify([contributes.menus, contributes.viewsWelcome]);
		const known = new Set<string>([
			...Object.values(contextKeys),
			planViewId,
			needsViewId,
			runsViewId,
			'switchyard.graph',
			'switchyard.yaml',
			...commandIds,
		]);
		const used = new Set(contributed.match(/\bswitchyard\.[A-Za-z.]+/g));
		expect([...used].filter((key) => !known.has(key))).toEqual([]);
	});

	it('has a text for every key, and no text without one', () => {
		const keys = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
		expect([...new Set(keys)].sort()).toEqual(Object.keys(strings).sort());
	});

	it('is not woken by windows without a plan', () => {
		expect(activationEvents).not.toContain('*');
		expect(activationEvents).not.toContain('onStartupFinished');
		expect(activationEvents.filter((event: string) => event.includes('**'))).toEqual([]);
	});

	it('works in part where nothing is trusted, and reads no program names there', () => {
		expect(capabilities.untrustedWorkspaces.supported).toBe('limited');
		expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toContain('switchyard.agents');
		expect(capabilities.virtualWorkspaces.supported).toBe('limited');
	});

	it('names only files that are there', () => {
		const files = [
			...contributes.viewsContainers.activitybar.map(({ icon }: { icon: string }) => icon),
			...contributes.walkthroughs[0].steps.map(
				(step: { media: { markdown: string } }) => step.media.markdown,
			),
		];
		expect(files.filter((file: string) => !existsSync(new URL(file, root)))).toEqual([]);
	});
});
