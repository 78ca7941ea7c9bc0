// Progress lines of a step. They are coloured unless NO_COLOR is set: a task's terminal shows them as they are.

const plain = process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== '';

function paint(code, text) {
	return plain ? text : `\u001b[${code}m${text}\u001b[0m`;
}

/**
 * Spreads `seconds` over `total` announced lines, so that a person can watch the plan at work. `SHOP_PACE=0` in the
 * environment takes the waiting out (tests do that), `SHOP_PACE=2` doubles it.
 */
export class Progress {
	#done = 0;
	#started = Date.now();

	constructor(title, total, seconds) {
		this.total = total;
		const pace = Number(process.env.SHOP_PACE ?? '1');
		this.pauseMs = (seconds * 1000 * (Number.isFinite(pace) ? pace : 1)) / Math.max(1, total);
		console.log(`${paint('1;36', title)}`);
	}

	async file(path, note) {
		await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
		this.#done += 1;
		const share = paint('2', `[${this.#done}/${this.total}]`);
		console.log(`${share} ${paint('32', 'wrote')} ${path} ${paint('2', note)}`);
	}

	end() {
		const seconds = ((Date.now() - this.#started) / 1000).toFixed(1);
		console.log(paint('1;32', `done: ${this.#done} files in ${seconds} s`));
	}
}

export function sayFailure(message) {
	console.error(paint('1;31', message));
}

export function sayPass(message) {
	console.log(`${paint('32', '✔')} ${message}`);
}
