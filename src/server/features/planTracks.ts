import { forecastBasis } from '../../core/history/forecastBasis.ts';
import { History } from '../../core/history/history.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { baseName } from '../../core/plan/uris.ts';
import { toForecastPlan } from '../../core/run/toForecastPlan.ts';
import { documentUris, planChanges } from '../../core/schedule/files/planChanges.ts';
import type { WriteObstacle } from '../../core/schedule/files/writeObstacle.ts';
import { writeObstacle } from '../../core/schedule/files/writeObstacle.ts';
import { knownTracks } from '../../core/schedule/knownTracks.ts';
import { planningTasks } from '../../core/schedule/planningTask.ts';
import { planTracks } from '../../core/schedule/planTracks.ts';
import { trackChoices } from '../../core/schedule/trackChoices.ts';
import type { PlanTracksReply, PlanTracksWish } from '../../protocol/lsp.ts';
import { planTracksRequest } from '../../protocol/lsp.ts';
import type { Feature, FeatureContext } from './feature.ts';

/** Tracks and sprints worked out from the texts that are open, with what they would change; nothing is written here. */
export const planTracksFeature: Feature = {
	capabilities: {},
	register(connection, context) {
		connection.onRequest(planTracksRequest, (wish) => replyTo(context, wish));
	},
};

async function replyTo(context: FeatureContext, wish: PlanTracksWish): Promise<PlanTracksReply> {
	const { rootUri, key } = wish.plan;
	const lookup = context.allLookups().find(({ plan: { id } }) => id.rootUri === rootUri && id.key === key);
	if (lookup === undefined) {
		return { kind: 'fault', message: 'This plan is not there any more.' };
	}
	const { plan, problems } = lookup;
	if (plan.tasks.length === 0) {
		return { kind: 'fault', message: `The plan “${plan.header.name}” has no tasks to place.` };
	}
	const history = new History(wish.samples ?? []);
	const { estimates } = forecastBasis(toForecastPlan(plan, {}).runPlan, history);
	const tasks = planningTasks(plan, { estimates });
	const trackPlan = planTracks(tasks, {
		known: knownTracks(plan),
		...(wish.tracks !== undefined && { tracks: wish.tracks }),
		...(wish.split !== undefined && { split: wish.split }),
	});
	const obstacle = writeObstacle(problems, trackPlan);
	if (obstacle !== null) {
		return { kind: 'fault', message: wordsOf(obstacle) };
	}
	if (wish.tracks === undefined) {
		return { kind: 'choices', width: trackPlan.width, choices: trackChoices(tasks) };
	}
	const { makespanMinutes, saving, notes } = trackPlan;
	const changes = planChanges({ plan, tasks, trackPlan, texts: await textsOf(context, plan) });
	return { kind: 'changes', tracks: trackPlan.tracks.length, makespanMinutes, saving, notes, changes };
}

function wordsOf(obstacle: WriteObstacle): string {
	if (obstacle.kind === 'cycle') {
		const circle = [...obstacle.tasks, obstacle.tasks[0]].join(' → ');
		return `${circle} wait for each other in a circle. Remove one of these dependencies.`;
	}
	const { range, message } = obstacle.problem;
	return `${baseName(range.uri)}, line ${range.start.line + 1}: ${message}`;
}

/** Everything that planning may edit, as it is in the editor or on disk. */
async function textsOf(context: FeatureContext, plan: Plan): Promise<Map<string, string>> {
	const texts = new Map<string, string>();
	for (const uri of new Set([...plan.files, ...documentUris(plan)])) {
		const text = await context.textOf(uri);
		if (text !== null) {
			texts.set(uri, text);
		}
	}
	return texts;
}
