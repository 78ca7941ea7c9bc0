import type { WorkspaceSymbol } from 'vscode-languageserver/node';
import { SymbolKind } from 'vscode-languageserver/node';
import type { Sprint, Task } from '../../core/plan/plan.ts';
import { toRange } from '../toDiagnostic.ts';
import type { Feature } from './feature.ts';
import type { PlanLookup } from './planLookup.ts';

/** More than this nobody scrolls through; further letters make the list shorter. */
const maxSymbols = 1_000;

/** Tasks and sprints of all plans by id and name. */
export const workspaceSymbolFeature: Feature = {
	capabilities: { workspaceSymbolProvider: true },
	register(connection, context) {
		connection.onWorkspaceSymbol(({ query }) => {
			const wanted = plain(query);
			const found: WorkspaceSymbol[] = [];
			for (const lookup of context.allLookups()) {
				collect(lookup, wanted, found);
			}
			return found;
		});
	},
};

function collect({ plan }: PlanLookup, wanted: string, found: WorkspaceSymbol[]): void {
	for (const [items, kind] of [
		[plan.sprints, SymbolKind.Package],
		[plan.tasks, SymbolKind.Event],
	] as const) {
		for (const item of items) {
			if (found.length >= maxSymbols) {
				return;
			}
			if (holdsInOrder(plain(`${item.id} ${item.name}`), wanted)) {
				found.push(toSymbol(item, { kind, plan: plan.header.name }));
			}
		}
	}
}

function toSymbol(
	{ id, name, idRange }: Task | Sprint,
	{ kind, plan }: { readonly kind: SymbolKind; readonly plan: string },
): WorkspaceSymbol {
	return {
		name: name === id ? id : `${id} ${name}`,
		kind,
		containerName: plan,
		location: { uri: idRange.uri, range: toRange(idRange) },
	};
}

/** True when all letters of a query occur in this order: what editors filter by as well. */
function holdsInOrder(text: string, query: string): boolean {
	let at = 0;
	for (const letter of query) {
		at = text.indexOf(letter, at) + 1;
		if (at === 0) {
			return false;
		}
	}
	return true;
}

function plain(text: string): string {
	return text.toLowerCase().replace(/\s+/g, '');
}
