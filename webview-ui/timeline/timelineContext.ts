import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TimelineStrings } from '../../src/protocol/timelineStrings.ts';
import type { TextFitter } from '../shared/fitText.ts';
import type { TimelineModel } from './timelineModel.ts';

/** What every part of the page may use. */
export interface TimelineServices {
	readonly strings: TimelineStrings;
	readonly model: TimelineModel;
	readonly fitter: TextFitter;
}

export const timelineContext = createContext<TimelineServices | null>(null);

export function useTimeline(): TimelineServices {
	const services = useContext(timelineContext);
	if (services === null) {
		throw new Error('A part of the timeline was drawn outside of its page.');
	}
	return services;
}
