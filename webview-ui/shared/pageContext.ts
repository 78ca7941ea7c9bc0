import type { Context } from 'preact';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** A context that hands to every part of a page what all of them may use, and the hook that takes it. */
export function pageContext<S>(page: string): readonly [context: Context<S | null>, use: () => S] {
	const context = createContext<S | null>(null);
	const use = () => {
		const services = useContext(context);
		if (services === null) {
			throw new Error(`A part of the ${page} was drawn outside of its page.`);
		}
		return services;
	};
	return [context, use];
}
