import type { Disposable } from '../../src/core/base/disposable.ts';
import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import { readGraphViewState } from '../../src/protocol/persisted.ts';
import type { MountOptions } from '../shared/mountPage.tsx';
import { mountPage } from '../shared/mountPage.tsx';
import { App } from './App.tsx';
import { CameraDriver } from './cameraDriver.ts';
import { followModel } from './followModel.ts';
import { GraphModel } from './graphModel.ts';
import { viewContext } from './viewContext.ts';

/** Puts the graph's page together and draws it. */
export function mountGraph(options: MountOptions<GraphStrings>): Disposable {
	const { strings, plan } = options;
	return mountPage(options, readGraphViewState, ({ peer, owned, remembered, fitter }) => {
		const model = owned.add(new GraphModel({ peer, remembered }));
		const driver = owned.add(
			new CameraDriver({
				camera: remembered?.camera ?? null,
				still: () => window.matchMedia('(prefers-reduced-motion: reduce)').matches,
			}),
		);
		owned.add(followModel(model, driver));
		return {
			content: (
				<viewContext.Provider value={{ strings, model, driver, fitter, plan }}>
					<App />
				</viewContext.Provider>
			),
			leave: () => ({ camera: driver.chosen, ...model.remembered }),
			onDidChange: [driver.onDidMove, model.onDidChange],
			start: () => model.start(),
		};
	});
}
