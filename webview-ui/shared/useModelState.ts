import { useEffect, useState } from 'preact/hooks';
import type { Event } from '../../src/core/base/emitter.ts';

/** The state of a page's model, drawn again whenever it is another one. */
export function useModelState<S>(model: { readonly state: S; readonly onDidChange: Event<S> }): S {
	const [state, setState] = useState(model.state);
	useEffect(() => {
		setState(model.state);
		const subscription = model.onDidChange(setState);
		return () => subscription.dispose();
	}, [model]);
	return state;
}
