import type { DocumentSymbol } from 'vscode-languageserver/node';
import { SymbolKind } from 'vscode-languageserver/node';
import type { Position, Sprint, Task } from '../core/plan/plan.ts';
import type { PlanPart } from '../core/plan/readPart.ts';
import { toRange } from './toDiagnostic.ts';

/** The outline of one file: its sprints, then its tasks, each by id with its name beside it. */
export function documentSymbols(part: PlanPart): DocumentSymbol[] {
	return [
		...part.sprints.map((sprint) => toSymbol(sprint, SymbolKind.Package)),
		...part.tasks.map((task) => toSymbol(task, SymbolKind.Event)),
	];
}

function toSymbol({ id, name, range, idRange }: Task | Sprint, kind: SymbolKind): DocumentSymbol {
	const full = toRange(range);
	// An id that a merge key brings in stands elsewhere, and editors refuse a selection outside its symbol.
	const isWithin = isBefore(full.start, idRange.start) && isBefore(idRange.end, full.end);
	return {
		name: id === '' ? '(no id)' : id,
		kind,
		range: full,
		selectionRange: isWithin ? toRange(idRange) : { start: full.start, end: full.start },
		...(name !== id && { detail: name }),
	};
}

function isBefore(a: Position, b: Position): boolean {
	return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
