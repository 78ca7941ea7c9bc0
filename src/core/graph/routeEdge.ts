/** A card as a router sees it: the column it stands in, and where its edges leave and arrive. */
export interface Port {
	readonly column: number;
	readonly left: number;
	readonly right: number;
	readonly middle: number;
}

export interface RouteOptions {
	readonly from: Port;
	readonly to: Port;
	/** Left edges of all columns, and their width. */
	readonly columns: readonly number[];
	readonly columnWidth: number;
	/** Heights at which it may pass the columns between, one a column; otherwise it uses `channel` for all. */
	readonly passages?: readonly number[] | undefined;
	/** A height where no card stands. */
	readonly channel: number;
}

export interface Route {
	readonly path: string;
	readonly top: number;
	readonly bottom: number;
}

/**
 * The curve of one edge. It changes its height only in the gaps between columns and passes columns where no card
 * stands, so it never runs through a card. Ends of a cycle among cards may run right to left.
 */
export function routeEdge({ from, to, columns, columnWidth, passages, channel }: RouteOptions): Route {
	const path = new Curve(from.right, from.middle);
	if (to.column <= from.column) {
		return backward(path, { from, to, channel });
	}
	let passed = 0;
	for (let column = from.column + 1; column < to.column; column++) {
		const height = passages?.[passed] ?? channel;
		passed++;
		const left = columns[column] ?? 0;
		path.glideTo(left, height);
		path.lineTo(left + columnWidth, height);
	}
	path.glideTo(to.left, to.middle);
	return path.route;
}

/** Leaves to the right, runs back through the channel and arrives from the left, as every edge does. */
function backward(path: Curve, { from, to, channel }: Pick<RouteOptions, 'from' | 'to' | 'channel'>): Route {
	const reach = 26;
	path.turnTo(from.right, channel, reach);
	path.lineTo(to.left, channel);
	path.turnTo(to.left, to.middle, -reach);
	return path.route;
}

/** Builds path data and remembers how far it reaches. */
class Curve {
	#data: string;
	#x: number;
	#y: number;
	#top: number;
	#bottom: number;

	constructor(x: number, y: number) {
		this.#data = `M${round(x)} ${round(y)}`;
		this.#x = x;
		this.#y = y;
		this.#top = y;
		this.#bottom = y;
	}

	/** An S that leaves and arrives horizontally. */
	glideTo(x: number, y: number): void {
		if (y === this.#y) {
			this.lineTo(x, y);
			return;
		}
		const middle = round((this.#x + x) / 2);
		this.#data += `C${middle} ${round(this.#y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
		this.#moveTo(x, y);
	}

	lineTo(x: number, y: number): void {
		this.#data += y === this.#y ? `H${round(x)}` : `L${round(x)} ${round(y)}`;
		this.#moveTo(x, y);
	}

	/** A C-shaped turn that bulges by `reach`. */
	turnTo(x: number, y: number, reach: number): void {
		const bulge = round(x + reach);
		this.#data += `C${bulge} ${round(this.#y)} ${bulge} ${round(y)} ${round(x)} ${round(y)}`;
		this.#moveTo(x, y);
	}

	get route(): Route {
		return { path: this.#data, top: this.#top, bottom: this.#bottom };
	}

	#moveTo(x: number, y: number): void {
		this.#x = x;
		this.#y = y;
		this.#top = Math.min(this.#top, y);
		this.#bottom = Math.max(this.#bottom, y);
	}
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
