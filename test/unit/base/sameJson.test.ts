import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { sameJson } from '../../../src/core/base/sameJson.ts';

const check = (a: unknown, b: unknown, same: boolean) => expect([a, b, sameJson(a, b)]).toEqual([a, b, same]);

it('values of JSON are the same where their text is', () => {
	void fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
			check(a, structuredClone(a), true);
			check([a, { a: b }], [a, { a: b }, 0], false);
			check({ a, b }, { b, a }, true);
		}),
	);
});

it('a list is no object, null is nothing else, and a missing field is one that is undefined', () => {
	check([], {}, false);
	check([1], { 0: 1 }, false);
	check(null, {}, false);
	check({ a: null }, {}, false);
	check({ a: undefined }, {}, true);
	check({}, { a: 1 }, false);
	check([1, 2], [1, 3], false);
});
