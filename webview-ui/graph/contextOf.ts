import type { PlanId } from '../../src/core/plan/plan.ts';
import type { Target } from './drawing.ts';

/**
 * What the editor passes to the commands of its context menu (`webview/context` of the manifest): the target of the
 * command, and `webviewSection` for the menu's `when` clauses.
 */
export function contextOf(plan: PlanId, target: Target): string {
	return JSON.stringify({
		webviewSection: target.kind,
		plan: `${plan.rootUri}#${plan.key}`,
		[target.kind]: target.id,
		preventDefaultContextMenuItems: true,
	});
}
