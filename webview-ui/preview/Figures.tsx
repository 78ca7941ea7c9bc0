import { fillIn } from '../shared/fillIn.ts';
import { formatMinutes } from '../shared/formatMinutes.ts';
import { usePreview } from './previewContext.ts';
import type { View } from './view.ts';

/** The numbers of a forecast, each with what it means. */
export function Figures({ view }: { readonly view: View }) {
	const { strings } = usePreview();
	const { forecast } = view;
	const time = (minutes: number) => formatMinutes(minutes, strings);
	const saved = forecast.sequentialMinutes - forecast.makespanMinutes;
	const widest = forecast.layers.reduce((most, layer) => Math.max(most, layer.length), 0);
	const used = new Set(forecast.slots).size;
	const agents = view.tasks.filter((task, place) => view.order[place] !== -1 && task.work.kind === 'agent');
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
				hint={fillIn(
					strings.tasksOnPath,
					forecast.critical.reduce((sum, flag) => sum + flag, 0),
				)}
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
				hint={fillIn(strings.efficiencyHint, used, forecast.agents)}
			/>
			<Figure
				name={strings.utilisation}
				value={`${percent(forecast.utilisation)} %`}
				hint={strings.utilisationHint}
			/>
			<Figure
				name={strings.cost}
				value={agents.length === 0 ? strings.noCost : strings.unknown}
				hint={agents.length === 0 ? strings.noCostHint : strings.costHint}
			/>
		</dl>
	);
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
