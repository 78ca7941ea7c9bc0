import { Icon } from './Icon.tsx';

interface IconButtonProps {
	readonly icon: string;
	readonly label: string;
	readonly onPress: () => void;
	readonly pressed?: boolean;
	readonly disabled?: boolean;
}

/** A toolbar button. Disabled ones stay focusable, so that their reason can be read. */
export function IconButton({ icon, label, onPress, pressed, disabled = false }: IconButtonProps) {
	return (
		<button
			type="button"
			class="iconButton"
			title={label}
			aria-label={label}
			aria-pressed={pressed}
			aria-disabled={disabled}
			onClick={() => !disabled && onPress()}
		>
			<Icon name={icon} />
		</button>
	);
}
