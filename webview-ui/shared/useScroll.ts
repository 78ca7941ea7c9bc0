import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** What of a scrolled element is in view, in CSS pixels. */
export interface ScrollWindow {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

/** Follows the scrolling and the size of an element, once a frame at most, so that only what is in view is drawn. */
export function useScroll<E extends HTMLElement>(): [RefObject<E | null>, ScrollWindow] {
	const element = useRef<E>(null);
	const [seen, setSeen] = useState<ScrollWindow>({ left: 0, top: 0, width: 1200, height: 800 });
	useLayoutEffect(() => {
		const scroller = element.current;
		if (scroller === null) {
			return;
		}
		let frame = 0;
		const measure = () => {
			frame = 0;
			const { scrollLeft, scrollTop, clientWidth, clientHeight } = scroller;
			if (clientWidth > 0) {
				setSeen({ left: scrollLeft, top: scrollTop, width: clientWidth, height: clientHeight });
			}
		};
		const soon = () => {
			frame ||= requestAnimationFrame(measure);
		};
		const observer = new ResizeObserver(soon);
		observer.observe(scroller);
		scroller.addEventListener('scroll', soon, { passive: true });
		measure();
		return () => {
			observer.disconnect();
			scroller.removeEventListener('scroll', soon);
			cancelAnimationFrame(frame);
		};
	}, []);
	return [element, seen];
}

/** The entries of a list of equal sizes that are in view, with some to spare: first, and one past the last. */
export function spanInView(
	count: number,
	{ offset, extent, size }: { readonly offset: number; readonly extent: number; readonly size: number },
): readonly [number, number] {
	const spare = 4;
	const first = Math.max(0, Math.floor(offset / size) - spare);
	const end = Math.min(count, Math.ceil((offset + extent) / size) + spare);
	return [Math.min(first, Math.max(0, count - 1)), end];
}
