/** Numbers that look random and come again with the same seed, which is printed: `SWITCHYARD_SEED=… npm run …`. */
export class Chance {
	#state: number;

	constructor(name: string) {
		const given = process.env['SWITCHYARD_SEED'];
		const seed = given === undefined ? Date.now() % 1_000_000 : Number(given);
		process.stdout.write(`${name}: SWITCHYARD_SEED=${seed}\n`);
		this.#state = seed >>> 0;
	}

	/** A whole number from 0 to below `limit`. */
	below(limit: number): number {
		// Mulberry32.
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let value = this.#state;
		value = Math.imul(value ^ (value >>> 15), value | 1);
		value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
		return ((value ^ (value >>> 14)) >>> 0) % limit;
	}
}
