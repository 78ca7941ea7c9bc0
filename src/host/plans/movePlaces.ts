import type { Position, SourceRange } from '../../core/plan/plan.ts';
import type { FileMove } from '../../protocol/lsp.ts';
import type { PlanModel } from './planModel.ts';

/** The tasks and sprints of a plan where they stand after lines above them came or went. */
export function movePlaces(
	plan: PlanModel,
	moves: readonly FileMove[],
): Pick<PlanModel, 'tasks' | 'sprints'> {
	return moves.length === 0
		? plan
		: { tasks: moveAll(plan.tasks, moves), sprints: moveAll(plan.sprints, moves) };
}

function moveAll<T extends { readonly range: SourceRange; readonly idRange: SourceRange }>(
	items: ReadonlyMap<string, T>,
	moves: readonly FileMove[],
): ReadonlyMap<string, T> {
	const moved = new Map<string, T>();
	for (const [id, item] of items) {
		const [range, idRange] = [moveRange(item.range, moves), moveRange(item.idRange, moves)];
		const isSame = range === item.range && idRange === item.idRange;
		moved.set(id, isSame ? item : { ...item, range, idRange });
	}
	return moved;
}

function moveRange(range: SourceRange, moves: readonly FileMove[]): SourceRange {
	let { start, end } = range;
	for (const { uri, line, by } of moves) {
		if (uri === range.uri) {
			start = movePosition(start, line, by);
			end = movePosition(end, line, by);
		}
	}
	return start === range.start && end === range.end ? range : { uri: range.uri, start, end };
}

function movePosition(position: Position, from: number, by: number): Position {
	return position.line >= from ? { line: position.line + by, character: position.character } : position;
}
