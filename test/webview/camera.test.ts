import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	bringIntoView,
	firstLook,
	keepInSight,
	showAll,
	visibleBox,
	zoomAround,
} from '../../webview-ui/graph/camera.ts';
import { regionFor } from '../../webview-ui/graph/detail.ts';
import { glyphs } from '../../webview-ui/shared/glyphs.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const camera = fc.record({ x: number(-5000, 5000), y: number(-5000, 5000), zoom: number(0.02, 2.4) });
const size = fc.record({ width: number(50, 20_000), height: number(50, 20_000) });
const viewport = fc.record({ width: number(200, 3000), height: number(200, 2000) });

describe('camera', () => {
	it('keeps the point under the pointer where it is when zooming', () => {
		fc.assert(
			fc.property(camera, number(0.5, 2), number(0, 2000), number(0, 2000), (before, factor, x, y) => {
				const after = zoomAround(before, factor, { x, y });
				expect((x - after.x) / after.zoom).toBeCloseTo((x - before.x) / before.zoom, 4);
				expect((y - after.y) / after.zoom).toBeCloseTo((y - before.y) / before.zoom, 4);
			}),
		);
	});

	it('shows all of a drawing when asked to', () => {
		fc.assert(
			fc.property(size, viewport, (drawing, room) => {
				const seen = visibleBox(showAll(drawing, room), room);
				expect(seen.x).toBeLessThanOrEqual(0.01);
				expect(seen.x + seen.width).toBeGreaterThanOrEqual(drawing.width - 0.01);
				expect(seen.y + seen.height).toBeGreaterThanOrEqual(drawing.height - 0.01);
			}),
		);
	});

	it('never begins at a zoom that cannot be read', () => {
		fc.assert(
			fc.property(size, viewport, (drawing, room) => {
				const { zoom } = firstLook(drawing, room);
				expect(zoom).toBeGreaterThanOrEqual(0.55);
				expect(zoom).toBeLessThanOrEqual(1);
			}),
		);
	});

	it('never loses the drawing', () => {
		fc.assert(
			fc.property(camera, size, viewport, (before, drawing, room) => {
				const seen = visibleBox(keepInSight(before, drawing, room), room);
				expect(seen.x).toBeLessThan(drawing.width);
				expect(seen.y).toBeLessThan(drawing.height);
				expect(seen.x + seen.width).toBeGreaterThan(0);
				expect(seen.y + seen.height).toBeGreaterThan(0);
			}),
		);
	});

	it('moves a card into view and leaves one that is seen alone', () => {
		const room = { width: 1000, height: 800 };
		const still = { x: 0, y: 0, zoom: 1 };
		expect(bringIntoView(still, { x: 100, y: 100, width: 200, height: 70 }, room)).toEqual(still);
		const moved = bringIntoView(still, { x: 1500, y: -300, width: 200, height: 70 }, room);
		expect(moved).toEqual({ x: 1000 - 32 - 1700, y: 332, zoom: 1 });
	});

	it('draws more than is seen, so that small movements draw nothing new', () => {
		fc.assert(
			fc.property(camera, viewport, (at, room) => {
				const seen = visibleBox(at, room);
				const { box } = regionFor(at, room);
				expect(box.x).toBeLessThanOrEqual(seen.x);
				expect(box.y).toBeLessThanOrEqual(seen.y);
				expect(box.x + box.width).toBeGreaterThanOrEqual(seen.x + seen.width);
				expect(box.width).toBeLessThan(3 * Math.max(seen.width, seen.height));
			}),
		);
	});
});

describe('glyphs', () => {
	it('are the characters of the icon font', async () => {
		const css = await readFile('node_modules/@vscode/codicons/dist/codicon.css', 'utf8');
		for (const [name, character] of Object.entries(glyphs)) {
			const code = css.match(new RegExp(`\\.codicon-${name}:before \\{ content: "\\\\([0-9a-f]+)"`))?.[1];
			expect([name, code]).toEqual([name, character.codePointAt(0)?.toString(16)]);
		}
	});
});
