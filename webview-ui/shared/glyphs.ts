/** Characters of the codicon font, for text inside SVG, where the font's classes do not reach. */
export const glyphs = {
	beaker: '\uea79',
	'bell-dot': '\ueb9a',
	'chevron-down': '\ueab4',
	'chevron-right': '\ueab6',
	'circle-large-filled': '\uebb4',
	'circle-large-outline': '\uebb5',
	'circle-outline': '\ueabc',
	'debug-step-over': '\uead6',
	error: '\uea87',
	'git-merge': '\ueafe',
	history: '\uea82',
	'issue-opened': '\uea74',
	loading: '\ueb19',
	lock: '\uea75',
	pass: '\ueba4',
	'pass-filled': '\uebb3',
	play: '\ueb2c',
	'stop-circle': '\ueba5',
	zap: '\uea86',
} as const;

export type Glyph = keyof typeof glyphs;
