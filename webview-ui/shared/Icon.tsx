/** A codicon in HTML. Decoration: what it means is said beside it or in the label of its button. */
export function Icon({ name }: { readonly name: string }) {
	return <i class={`codicon codicon-${name}`} aria-hidden="true" />;
}
