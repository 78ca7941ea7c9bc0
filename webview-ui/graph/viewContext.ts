import type { PlanId } from '../../src/core/plan/plan.ts';
import type { GraphStrings } from '../../src/protocol/graphStrings.ts';
import type { TextFitter } from '../shared/fitText.ts';
import { pageContext } from '../shared/pageContext.ts';
import type { CameraDriver } from './cameraDriver.ts';
import type { GraphModel } from './graphModel.ts';

/** What every part of the page may use. */
export interface ViewServices {
	readonly strings: GraphStrings;
	readonly model: GraphModel;
	readonly driver: CameraDriver;
	readonly fitter: TextFitter;
	readonly plan: PlanId;
}

export const [viewContext, useServices] = pageContext<ViewServices>('graph');
