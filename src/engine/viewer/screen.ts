import type { Writable } from 'node:stream';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** The terminal of one viewer: lines of its own between stretches of what others printed. */
export class Screen {
	readonly #out: Writable;
	readonly #colours: boolean;
	#atLineStart = true;

	constructor(out: Writable, options: { readonly colours: boolean }) {
		this.#out = out;
		this.#colours = options.colours;
	}

	/** What a task printed, untouched. Resolves when the terminal has taken it, so that a flood cannot pile up here. */
	async output(text: string): Promise<void> {
		if (text !== '') {
			this.#atLineStart = text.endsWith('\n');
			await this.#write(text);
		}
	}

	/** A line of the viewer. It starts on a line of its own, and colours that a task left switched on end before it. */
	async line(text: string): Promise<void> {
		const reset = this.#colours ? '\u001b[0m' : '';
		await this.#write(`${reset}${this.#atLineStart ? '' : '\n'}${text}\n`);
		this.#atLineStart = true;
	}

	paint(style: Style, text: string): string {
		return this.#colours ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
	}

	/** A task may have hidden the cursor; its terminal must not stay like that. */
	async restore(): Promise<void> {
		if (this.#colours) {
			await this.#write('\u001b[0m\u001b[?25h');
		}
	}

	#write(text: string): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#out.write(text, (error) => (error == null ? resolve() : reject(error)));
		});
	}
}
