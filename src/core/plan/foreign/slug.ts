/** An id from words: `Shopping cart (new)` becomes `shopping-cart-new`. Empty when there is no letter or digit. */
export function slugOf(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/['’\p{M}]/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60)
		.replace(/-+$/, '');
}

/** Hands out ids that nobody else has: the second `cart` becomes `cart-2`. */
export class UniqueIds {
	readonly #taken = new Set<string>();

	/** `wish`, or `wish-2`, `wish-3`, …; compared without regard to case, because ids become names of folders. */
	take(wish: string): string {
		for (let count = 1; ; count++) {
			const id = count === 1 ? wish : `${wish}-${count}`;
			if (!this.#taken.has(id.toLowerCase())) {
				this.#taken.add(id.toLowerCase());
				return id;
			}
		}
	}
}
