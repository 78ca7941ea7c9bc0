import { pure } from '../shared/component.ts';
import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { usePreview } from './previewContext.ts';
import type { View } from './view.ts';

/** The numbers of a forecast, each with what it means. */
export const Figures = pure(({ view }: { readonly view: View }) => {
	const { strings } = usePreview();
	const { forecast } = view;
	const time = (minutes: number) => formatMinutes(minutes, strings);
	const saved = forecast.sequentialMinutes - forecast.makespanMinutes;
	const widest = forecast.layers.reduce((most, layer) => Math.max(most, layer.length), 0);
	return (
		<dl class="figures">
			<Figure
				name={strings.makespan}
				value={time(forecast.makespanMinutes)}
				hint={fillIn(strings.withMargin, time(forecast.withMarginMinutes), forecast.marginPercent)}
				strong
			/>
			<Figure
				name={strings.sequentialTime}
				value={time(forecast.sequentialMinutes)}
				hint={
					saved > 0
						? fillIn(strings.saves, percent(saved / forecast.sequentialMinutes))
						: strings.savesNothing
				}
			/>
			<Figure
				name={strings.criticalPath}
				value={time(forecast.criticalMinutes)}
				hint={
					forecast.runPathMinutes > forecast.criticalMinutes
						? fillIn(strings.pathOfRun, time(forecast.runPathMinutes))
						: fillIn(strings.tasksOnPath, forecast.criticalTasks)
				}
				critical
			/>
			<Figure name={strings.width} value={String(forecast.width)} hint={strings.widthHint} />
			<Figure
				name={strings.layers}
				value={String(forecast.layers.length)}
				hint={fillIn(strings.layersHint, widest)}
			/>
			<Figure
				name={strings.efficiency}
				value={`${percent(forecast.efficiency)} %`}
				hint={fillIn(strings.efficiencyHint, forecast.usedSlots, forecast.agents)}
			/>
			<Figure
				name={strings.utilisation}
				value={`${percent(forecast.utilisation)} %`}
				hint={strings.utilisationHint}
			/>
			<Cost view={view} />
		</dl>
	);
});

/** What finished runs tell of the cost: from the first to the third quartile of tasks like these. */
function Cost({ view }: { readonly view: View }) {
	const { strings } = usePreview();
	const { cost, agentTasks } = view.forecast;
	if (cost !== null) {
		const { lowerUsd, likelyUsd, upperUsd, known, unknown } = cost;
		const range = fillIn(strings.costRange, formatUsd(lowerUsd), formatUsd(upperUsd));
		const share = fillIn(strings.costFrom, formatUsd(likelyUsd), known, known + unknown);
		return <Figure name={strings.cost} value={range} hint={share} />;
	}
	return agentTasks > 0 ? (
		<Figure name={strings.cost} value={strings.unknown} hint={strings.costHint} />
	) : (
		<Figure name={strings.cost} value={strings.noCost} hint={strings.noCostHint} />
	);
}

/** Cents where they matter. */
function formatUsd(value: number): string {
	return `$${value < 100 ? value.toFixed(2) : String(Math.round(value))}`;
}

function percent(share: number): number {
	return Number.isFinite(share) ? Math.round(share * 100) : 0;
}

interface FigureProps {
	readonly name: string;
	readonly value: string;
	readonly hint: string;
	readonly strong?: boolean;
	readonly critical?: boolean;
}

function Figure({ name, value, hint, strong = false, critical = false }: FigureProps) {
	return (
		<div class={`figure${strong ? ' strong' : ''}${critical ? ' onPath' : ''}`} data-figure={name}>
			<dt>{name}</dt>
			<dd>
				<span class="value">{value}</span>
				<span class="hint">{hint}</span>
			</dd>
		</div>
	);
}
