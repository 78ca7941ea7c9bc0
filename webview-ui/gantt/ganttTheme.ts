import type { BarKind } from './ganttData.ts';

/** Colours of the editor's theme as a canvas needs them: resolved. */
export interface GanttTheme {
	readonly ground: string;
	readonly text: string;
	readonly muted: string;
	readonly line: string;
	readonly strongLine: string;
	readonly heading: string;
	readonly focus: string;
	readonly critical: string;
	/** Bars are outlined and not filled. */
	readonly contrast: boolean;
	readonly font: string;
	readonly bars: Readonly<Record<BarKind, BarColors>>;
}

export interface BarColors {
	readonly fill: string;
	readonly edge: string;
	readonly text: string;
}

/**
 * Resolves the variables of the page's style sheet. A canvas knows neither variables nor mixed colours, so each is put
 * on an element and read back as the browser computed it.
 */
export function readGanttTheme(parent: HTMLElement): GanttTheme {
	const probe = document.createElement('span');
	probe.hidden = true;
	parent.append(probe);
	const resolve = (value: string) => {
		probe.style.color = '';
		probe.style.color = value;
		return getComputedStyle(probe).color || 'currentcolor';
	};
	const contrast = document.body.classList.contains('vscode-high-contrast');
	const ground = 'var(--vscode-editor-background)';
	const bar = (color: string, strength = 32): BarColors => ({
		fill: contrast ? resolve(ground) : resolve(`color-mix(in srgb, ${color} ${strength}%, ${ground})`),
		edge: resolve(color),
		text: resolve('var(--vscode-foreground)'),
	});
	const theme: GanttTheme = {
		ground: resolve(ground),
		text: resolve('var(--vscode-foreground)'),
		muted: resolve('var(--muted)'),
		line: resolve(`color-mix(in srgb, var(--vscode-foreground) ${contrast ? 35 : 9}%, ${ground})`),
		strongLine: resolve(`color-mix(in srgb, var(--vscode-foreground) ${contrast ? 80 : 22}%, ${ground})`),
		heading: resolve(`color-mix(in srgb, var(--vscode-foreground) ${contrast ? 0 : 5}%, ${ground})`),
		focus: resolve('var(--vscode-focusBorder)'),
		critical: resolve('var(--critical)'),
		contrast,
		font: getComputedStyle(document.body).fontFamily || 'sans-serif',
		bars: {
			planned: bar('var(--accent)', 30),
			critical: bar('var(--critical)', 38),
			plan: bar('var(--muted)', 55),
			running: bar('var(--accent)', 55),
			completed: bar('var(--good)'),
			unverified: bar('var(--attention)'),
			failed: bar('var(--bad)', 40),
			cancelled: bar('var(--muted)'),
			checking: bar('var(--accent)', 20),
			checkPassed: bar('var(--good)', 60),
			checkFailed: bar('var(--bad)', 70),
		},
	};
	probe.remove();
	return theme;
}
