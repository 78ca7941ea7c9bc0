import type { ServerCapabilities } from 'vscode-languageserver/node';
import { codeActionFeature } from './codeActions.ts';
import { completionFeature } from './completion.ts';
import { documentLinkFeature } from './documentLinks.ts';
import { editPlanFeature } from './editPlan.ts';
import type { Feature } from './feature.ts';
import { foldingFeature } from './folding.ts';
import { forecastFeature } from './forecast.ts';
import { formattingFeature } from './formatting.ts';
import { hoverFeature } from './hover.ts';
import { inlayHintFeature } from './inlayHints.ts';
import { navigationFeature } from './navigation.ts';
import { planTracksFeature } from './planTracks.ts';
import { renameFeature } from './rename.ts';
import { workspaceSymbolFeature } from './workspaceSymbols.ts';

/** Every language feature that is told of and answered by a file of this folder. */
export const features: readonly Feature[] = [
	hoverFeature,
	completionFeature,
	navigationFeature,
	renameFeature,
	workspaceSymbolFeature,
	foldingFeature,
	inlayHintFeature,
	documentLinkFeature,
	formattingFeature,
	codeActionFeature,
	editPlanFeature,
	planTracksFeature,
	forecastFeature,
];

/** What all of them tell the editor. */
export const featureCapabilities: ServerCapabilities = Object.assign(
	{},
	...features.map(({ capabilities }) => capabilities),
);
