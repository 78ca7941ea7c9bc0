import fc from 'fast-check';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { globsOverlap } from '../../../src/core/run/globOverlap.ts';

describe('S3: patterns overlap unless that is ruled out', () => {
	function check(one: string, other: string, expected: boolean) {
		expect(globsOverlap(one, other), `${one} and ${other}`).toBe(expected);
		expect(globsOverlap(other, one), `${other} and ${one}`).toBe(expected);
	}

	test('of plain paths and folders', () => {
		check('src/a.ts', 'src/a.ts', true);
		check('src/a.ts', 'src/b.ts', false);
		check('src', 'src/a.ts', true);
		check('src', 'srcs/a.ts', false);
		check('./src/', 'src/deep/a.ts', true);
		check('/src/a.ts', 'src/./a.ts', true);
		check('SRC/a.ts', 'src/A.ts', true);
		check('src\\a.ts', 'src/a.ts', true);
		check('a/../b.ts', 'src/b.ts', true);
	});

	test('with wildcards inside a name', () => {
		check('src/*.ts', 'src/a.ts', true);
		check('src/*.ts', 'src/*.js', false);
		check('src/a*', 'src/*b', true);
		check('src/a*c', 'src/b*c', false);
		check('src/a?.ts', 'src/ab.ts', true);
		check('src/a?.ts', 'src/abc.ts', false);
		check('src/*', 'lib/*', false);
		check('*a*b*', '*x*y*', true);
	});

	test('with any depth', () => {
		check('src/**', 'src/a/b.ts', true);
		check('src/**', 'lib/**', false);
		check('**/*.ts', 'src/deep/a.ts', true);
		check('**/*.ts', 'src/*.js', false);
		check('**/test/**', 'src/test/a.ts', true);
		check('a/**/z.ts', 'a/z.ts', true);
		check('a/**/z.ts', 'b/**/z.ts', false);
		check('src/**.ts', 'src/a/b.ts', true);
		check('src/**/*.ts', 'src/site.css', false);
		check('**/x.ts', 'src/a/', true);
		check('src/**', 'src/a.ts', true);
		check('src/a.ts/**', 'src/a.ts', true);
		check('src/x.app', 'src/x.app/y.ts', true);
		check('src/*.app/', 'src/x.app/y.ts', true);
		check('**', 'a', true);
		check('./', 'a/b.ts', true);
		check('a/**', 'b.ts', false);
	});

	test('with braces: simple ones are followed, others count as anything from their folder on', () => {
		check('src/{a,b}/**', 'src/c/**', false);
		check('src/{a,b}/**', 'src/b/x', true);
		check('src/*.{ts,tsx}', 'src/*.js', false);
		check('src/{a,{b,c}}/x', 'src/d/x', true);
		check('src/{1..3}/x', 'lib/2/x', false);
		check('src/@(a|b)/x', 'src/c/y', true);
		check('src/@(a/b)/{c,d}', 'src/z', true);
		check('src/a/@(x)', 'src/b/y', false);
	});

	test('with sets and signs that are meant as they are', () => {
		check('app/[id]/page.tsx', 'app/[slug]/page.tsx', true);
		check('app/[id]/page.tsx', 'lib/[id]/page.tsx', false);
		check('app/\\[id\\]/page.tsx', 'app/[id]/page.tsx', true);
	});
});

test('S3: patterns that one path fits are never said to be apart', () => {
	const segment = fc.constantFrom(
		'a',
		'b',
		'ab',
		'*',
		'a*',
		'*b',
		'?',
		'**',
		'{a,b}',
		'{a,ab}*',
		'[ab]',
		'@(a|b)',
	);
	const pattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
	const path = fc
		.array(fc.constantFrom('a', 'b', 'ab', 'abb'), { minLength: 1, maxLength: 5 })
		.map((segments) => segments.join('/'));
	fc.assert(
		fc.property(pattern, pattern, fc.array(path, { maxLength: 20 }), (one, other, paths) => {
			const [left, right] = [picomatch(one, { dot: true }), picomatch(other, { dot: true })];
			if (paths.some((found) => left(found) && right(found))) {
				expect(globsOverlap(one, other)).toBe(true);
			}
		}),
		{ numRuns: 2_000 },
	);
});
