import { fillIn } from '../shared/fillIn.ts';
import { Icon } from '../shared/Icon.tsx';
import { Notice } from '../shared/Notice.tsx';
import { usePreview } from './previewContext.ts';
import type { View } from './view.ts';

/** Nobody reads more, and the rest is mostly the same. */
const shownAtMost = 300;

/** What a person should know before the run begins. */
export function Warnings({ view }: { readonly view: View }) {
	const { strings, model } = usePreview();
	const { warnings } = view;
	if (warnings.length === 0) {
		return <Notice icon="pass" title={strings.noWarnings} hint={strings.noWarningsHint} />;
	}
	return (
		<ul class="warnings">
			{warnings.slice(0, shownAtMost).map(({ message, task }, index) => (
				<li key={index}>
					<Icon name="warning" />
					<span>{message}</span>
					{task !== null && view.places.has(task) && (
						<button
							type="button"
							class="link"
							onClick={() => {
								model.select(task);
								model.act({ action: 'revealInYaml', task });
							}}
						>
							{task}
						</button>
					)}
				</li>
			))}
			{warnings.length > shownAtMost && (
				<li class="more">{fillIn(strings.moreTasks, warnings.length - shownAtMost)}</li>
			)}
		</ul>
	);
}
