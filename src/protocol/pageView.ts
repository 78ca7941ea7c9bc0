import * as z from 'zod/mini';
import { notificationType } from './rpc.ts';

/** What every page of a plan and its host say to each other. */

/** Page → host: the page listens; send everything. */
export const pageReady = notificationType('ready', z.object({}));

/** Page → host: something went wrong in the page, for the log. */
export const reportPageProblem = notificationType('problem', z.object({ message: z.string() }));

/** Host → page: whether anything may run, and why not. */
export const showEnvironment = notificationType(
	'environment',
	z.object({
		/** Empty when tasks can be run. */
		cannotRun: z.string(),
	}),
);
