/** Whether two values of JSON say the same. A field that is undefined counts as missing, as it does on a wire. */
export function sameJson(a: unknown, b: unknown): boolean {
	if (a === b) {
		return true;
	}
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
		return false;
	}
	if (Array.isArray(a) || Array.isArray(b)) {
		const areLists = Array.isArray(a) && Array.isArray(b) && a.length === b.length;
		return areLists && a.every((item, index) => sameJson(item, b[index]));
	}
	return holds(a, b) && holds(b, a);
}

/** Whether `b` says the same as `a` wherever `a` says anything. */
function holds(a: object, b: object): boolean {
	for (const name in a) {
		if (!sameJson(a[name as keyof typeof a], b[name as keyof typeof b])) {
			return false;
		}
	}
	return true;
}
