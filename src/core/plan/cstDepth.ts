import type { CST } from 'yaml';

/**
 * Looks for nesting deeper than `limit` in what the (not recursive) parser made of a text, and returns the offset of the
 * first place beyond it, or null. Done before composing, with a stack of its own.
 */
export function cstDepth(tokens: readonly CST.Token[], limit: number): number | null {
	const stack: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
	for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
		const { token, depth } = next;
		if (depth > limit) {
			return token.offset;
		}
		for (const child of childrenOf(token)) {
			stack.push({ token: child, depth: depth + 1 });
		}
	}
	return null;
}

function childrenOf(token: CST.Token): CST.Token[] {
	switch (token.type) {
		case 'document':
			return token.value ? [token.value] : [];
		case 'block-map':
		case 'block-seq':
		case 'flow-collection':
			return token.items.flatMap((item) => [item.key, item.value].filter((part) => part != null));
		default:
			return [];
	}
}
