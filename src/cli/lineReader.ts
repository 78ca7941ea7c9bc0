import type { Interface } from 'node:readline';
import { createInterface } from 'node:readline';
import { DisposableOwner, toDisposable } from '../core/base/disposable.ts';

/** Asks a person for lines, in a terminal or through a pipe. Lines that come before they are asked for wait. */
export class LineReader extends DisposableOwner {
	readonly #lines: string[] = [];
	readonly #terminal: Interface;
	readonly #isTerminal: boolean;
	#waiting: ((line: string | null) => void) | null = null;
	#isOver = false;

	constructor(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
		super();
		this.#isTerminal = input.isTTY === true;
		this.#terminal = createInterface({ input, output, terminal: this.#isTerminal });
		this.register(toDisposable(() => this.#terminal.close()));
		this.#terminal.on('line', (line) => this.#take(line));
		this.#terminal.on('close', () => {
			this.#isOver = true;
			this.#take(null);
		});
		// A terminal in raw mode hears Ctrl+C as a key: it means "later", and what was answered is on disk.
		this.#terminal.on('SIGINT', () => this.#terminal.close());
	}

	/** The next line; null at the end of the input. `initial` stands in the line already, to be changed. */
	async ask(prompt: string, initial = ''): Promise<string | null> {
		const line = this.#lines.shift();
		if (line !== undefined || this.#isOver) {
			return line ?? null;
		}
		this.#terminal.setPrompt(prompt);
		this.#terminal.prompt();
		if (initial !== '' && this.#isTerminal) {
			this.#terminal.write(initial);
		}
		return new Promise((resolve) => {
			this.#waiting = resolve;
		});
	}

	#take(line: string | null): void {
		const waiting = this.#waiting;
		this.#waiting = null;
		if (waiting !== null) {
			waiting(line);
		} else if (line !== null) {
			this.#lines.push(line);
		}
	}
}
