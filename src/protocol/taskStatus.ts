import * as z from 'zod/mini';
import type { TaskStatus } from '../core/run/runState.ts';

/** How a task of a run stands, as views are told. */
export const taskStatus: z.ZodMiniType<TaskStatus> = z.enum([
	'pending',
	'ready',
	'running',
	'checking',
	'merging',
	'completed',
	'failed',
	'blocked',
	'skipped',
	'cancelled',
]);
