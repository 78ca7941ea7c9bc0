import type { Disposable } from '../../src/core/base/disposable.ts';
import { readPreviewViewState } from '../../src/protocol/persisted.ts';
import type { PreviewStrings } from '../../src/protocol/previewStrings.ts';
import type { ForecastThread } from '../forecast/forecastClient.ts';
import { ForecastClient } from '../forecast/forecastClient.ts';
import type { MountOptions } from '../shared/mountPage.tsx';
import { mountPage } from '../shared/mountPage.tsx';
import { App } from './App.tsx';
import { previewContext } from './previewContext.ts';
import { PreviewModel } from './previewModel.ts';

export interface MountPreviewOptions extends MountOptions<PreviewStrings> {
	readonly startThread: () => Promise<ForecastThread>;
}

/** Puts the preview's page together and draws it. */
export function mountPreview(options: MountPreviewOptions): Disposable {
	const { strings, startThread } = options;
	return mountPage(options, readPreviewViewState, ({ peer, owned, remembered, fitter }) => {
		const forecasts = owned.add(new ForecastClient(startThread));
		const model = owned.add(new PreviewModel({ peer, forecasts, remembered }));
		return {
			content: (
				<previewContext.Provider value={{ strings, model, fitter }}>
					<App />
				</previewContext.Provider>
			),
			leave: () => model.remembered,
			onDidChange: [model.onDidChange],
			start: () => model.start(),
		};
	});
}
