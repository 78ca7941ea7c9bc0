import type { PreviewStrings } from '../../src/protocol/previewStrings.ts';
import type { TextFitter } from '../shared/fitText.ts';
import { pageContext } from '../shared/pageContext.ts';
import type { PreviewModel } from './previewModel.ts';

/** What every part of the page may use. */
export interface PreviewServices {
	readonly strings: PreviewStrings;
	readonly model: PreviewModel;
	readonly fitter: TextFitter;
}

export const [previewContext, usePreview] = pageContext<PreviewServices>('preview');
