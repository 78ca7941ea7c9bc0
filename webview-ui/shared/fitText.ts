/** Measures text in CSS pixels; `font` is weight and size, as in `600 13px`. */
export type MeasureText = (text: string, font: string) => number;

/** Measures with the page's own fonts; guesses where there is no canvas (tests). */
export function createMeasure(): MeasureText {
	const context = document.createElement('canvas').getContext('2d');
	if (context === null) {
		return (text) => text.length * 7;
	}
	const family = getComputedStyle(document.body).fontFamily || 'sans-serif';
	return (text, font) => {
		context.font = `${font} ${family}`;
		return context.measureText(text).width;
	};
}

/** Shortens texts to a width with an ellipsis, which SVG cannot. Remembers what it measured. */
export class TextFitter {
	readonly #measure: MeasureText;
	readonly #fitted = new Map<string, string>();

	constructor(measure: MeasureText) {
		this.#measure = measure;
	}

	/** How wide a text is drawn, in CSS pixels. */
	widthOf(text: string, font: string): number {
		return this.#measure(text, font);
	}

	fit(text: string, { font, width }: { readonly font: string; readonly width: number }): string {
		const key = `${font}|${width}|${text}`;
		const known = this.#fitted.get(key);
		if (known !== undefined) {
			return known;
		}
		const fitted = this.#shorten(text, { font, width });
		this.#fitted.set(key, fitted);
		return fitted;
	}

	#shorten(text: string, { font, width }: { font: string; width: number }): string {
		if (this.#measure(text, font) <= width) {
			return text;
		}
		let fits = 0;
		let tooLong = text.length;
		while (tooLong - fits > 1) {
			const middle = (fits + tooLong) >> 1;
			if (this.#measure(`${text.slice(0, middle).trimEnd()}…`, font) <= width) {
				fits = middle;
			} else {
				tooLong = middle;
			}
		}
		return `${text.slice(0, fits).trimEnd()}…`;
	}
}
