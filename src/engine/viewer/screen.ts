import type { Writable } from 'node:stream';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

/** The terminal of one viewer: lines of its own between stretches of what others printed. */
export class Screen {
	readonly #out: Writable;
	readonly #colours: boolean;
	readonly #redact: ((text: string) => string) | null;
	#atLineStart = true;
	/** Of what a task printed: the last line, which is not whole yet. Only where secrets are looked for in whole lines. */
	#held = '';

	/** `redact` takes out lines with secrets, for whoever may hand on what is shown. */
	constructor(
		out: Writable,
		options: { readonly colours: boolean; readonly redact?: (text: string) => string },
	) {
		this.#out = out;
		this.#colours = options.colours;
		this.#redact = options.redact ?? null;
	}

	/** What a task printed, untouched. Resolves when the terminal has taken it, so that a flood cannot pile up here. */
	async output(text: string): Promise<void> {
		const shown = this.#redact === null ? text : this.#wholeLines(text);
		if (shown !== '') {
			this.#atLineStart = shown.endsWith('\n');
			await this.#write(shown);
		}
	}

	/** What of it can be judged: a secret that is cut in two would not be seen. */
	#wholeLines(text: string): string {
		const all = this.#held + text;
		const end = all.lastIndexOf('\n') + 1;
		this.#held = all.slice(end);
		return this.#redact?.(all.slice(0, end)) ?? '';
	}

	/** A line of the viewer. It starts on a line of its own, and colours that a task left switched on end before it. */
	async line(text: string): Promise<void> {
		const rest = this.#redact?.(this.#held) ?? '';
		this.#held = '';
		if (rest !== '') {
			this.#atLineStart = false;
			await this.#write(rest);
		}
		const reset = this.#colours ? '\u001b[0m' : '';
		// Also what is said here: a command line of the plan may hold a secret.
		const said = this.#redact?.(text) ?? text;
		await this.#write(`${reset}${this.#atLineStart ? '' : '\n'}${said}\n`);
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
