import { Icon } from './Icon.tsx';

export interface NoticeProps {
	readonly icon: string;
	readonly title: string;
	readonly hint?: string;
	readonly action?: { readonly label: string; readonly press: () => void };
}

/** What stands in the middle when there is nothing to draw: what is the matter, and the way on. */
export function Notice({ icon, title, hint, action }: NoticeProps) {
	return (
		<div class="notice" role="status">
			<Icon name={icon} />
			<h1>{title}</h1>
			{hint !== undefined && <p>{hint}</p>}
			{action !== undefined && (
				<button type="button" class="primary" onClick={action.press}>
					{action.label}
				</button>
			)}
		</div>
	);
}
