import type { Disposable } from '../../src/core/base/disposable.ts';
import { readTimelineViewState } from '../../src/protocol/persisted.ts';
import type { TimelineStrings } from '../../src/protocol/timelineStrings.ts';
import type { ForecastThread } from '../forecast/forecastClient.ts';
import { ForecastClient } from '../forecast/forecastClient.ts';
import type { MountOptions } from '../shared/mountPage.tsx';
import { mountPage } from '../shared/mountPage.tsx';
import { App } from './App.tsx';
import { timelineContext } from './timelineContext.ts';
import { TimelineModel } from './timelineModel.ts';

export interface MountTimelineOptions extends MountOptions<TimelineStrings> {
	readonly startThread: () => Promise<ForecastThread>;
}

/** Puts the timeline's page together and draws it. */
export function mountTimeline(options: MountTimelineOptions): Disposable {
	const { strings, startThread } = options;
	return mountPage(options, readTimelineViewState, ({ peer, owned, remembered, fitter }) => {
		const forecasts = owned.add(new ForecastClient(startThread));
		const clock = () => performance.now();
		const model = owned.add(new TimelineModel({ peer, forecasts, remembered, clock }));
		return {
			content: (
				<timelineContext.Provider value={{ strings, model, fitter }}>
					<App />
				</timelineContext.Provider>
			),
			leave: () => model.remembered,
			onDidChange: [model.onDidChange],
			start: () => model.start(),
		};
	});
}
