import type { TimelineStrings } from '../../src/protocol/timelineStrings.ts';
import type { TextFitter } from '../shared/fitText.ts';
import { pageContext } from '../shared/pageContext.ts';
import type { TimelineModel } from './timelineModel.ts';

/** What every part of the page may use. */
export interface TimelineServices {
	readonly strings: TimelineStrings;
	readonly model: TimelineModel;
	readonly fitter: TextFitter;
}

export const [timelineContext, useTimeline] = pageContext<TimelineServices>('timeline');
