import type { ComponentChildren, FunctionComponent } from 'preact';
import { Component, h } from 'preact';

/** A component that is drawn again only when one of its properties is another value. */
export function pure<P extends object>(draw: FunctionComponent<P>): FunctionComponent<P> {
	class Pure extends Component<P> {
		override shouldComponentUpdate(next: Readonly<P>): boolean {
			return differs(this.props, next);
		}

		override render(): ComponentChildren {
			return draw(this.props);
		}
	}
	return (props) => h(Pure, props as never);
}

function differs(a: object, b: object): boolean {
	const before = Object.entries(a);
	const after = new Map(Object.entries(b));
	return before.length !== after.size || before.some(([key, value]) => after.get(key) !== value);
}
