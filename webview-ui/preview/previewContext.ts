import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PreviewStrings } from '../../src/protocol/previewStrings.ts';
import type { TextFitter } from '../shared/fitText.ts';
import type { PreviewModel } from './previewModel.ts';

/** What every part of the page may use. */
export interface PreviewServices {
	readonly strings: PreviewStrings;
	readonly model: PreviewModel;
	readonly fitter: TextFitter;
}

export const previewContext = createContext<PreviewServices | null>(null);

export function usePreview(): PreviewServices {
	const services = useContext(previewContext);
	if (services === null) {
		throw new Error('A part of the preview was drawn outside of its page.');
	}
	return services;
}
