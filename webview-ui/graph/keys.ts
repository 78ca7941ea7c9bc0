import { boxOf } from './boxOf.ts';
import { bringIntoView, centre } from './camera.ts';
import type { CameraDriver } from './cameraDriver.ts';
import type { Drawing, Target } from './drawing.ts';
import { cardFor } from './drawing.ts';
import type { GraphModel } from './graphModel.ts';
import type { GraphState } from './graphState.ts';
import { runActionOf } from './runAction.ts';
import type { Direction } from './walk.ts';
import { walk } from './walk.ts';

export interface KeyOptions {
	readonly model: GraphModel;
	readonly driver: CameraDriver;
	/** Puts the cursor into the search box. */
	readonly search: () => void;
}

const arrows: Readonly<Record<string, Direction>> = {
	ArrowLeft: 'left',
	ArrowRight: 'right',
	ArrowUp: 'up',
	ArrowDown: 'down',
};

const panStep = 80;

/** What a key does while the drawing has the focus. True when it meant something. */
export function pressKey(event: KeyboardEvent, options: KeyOptions): boolean {
	if ((event.ctrlKey || event.metaKey) && event.key === 'f') {
		options.search();
		return true;
	}
	if (event.ctrlKey || event.metaKey || event.altKey) {
		return false;
	}
	const direction = arrows[event.key];
	if (direction !== undefined) {
		return event.shiftKey ? panBy(direction, options) : step(direction, options);
	}
	return pressCameraKey(event.key, options) || pressTargetKey(event.key, options);
}

function pressCameraKey(key: string, { model, driver, search }: KeyOptions): boolean {
	switch (key) {
		case '+':
		case '=':
			driver.zoom(1.25);
			return true;
		case '-':
			driver.zoom(0.8);
			return true;
		case '0':
			driver.fit();
			return true;
		case '/':
			search();
			return true;
		case 'Escape':
			clearChoices(model);
			return true;
		default:
			return false;
	}
}

function pressTargetKey(key: string, options: KeyOptions): boolean {
	const { model } = options;
	const { selection } = model.state;
	if (selection === null) {
		return false;
	}
	switch (key) {
		case 'Enter':
			model.act({ action: 'revealInYaml', [selection.kind]: selection.id });
			return true;
		case ' ':
			return foldAt(model, selection);
		case 'f':
		case 'F':
			return look(selection, options);
		case 'r':
		case 'R':
			return run(model, selection);
		default:
			return false;
	}
}

function clearChoices(model: GraphModel): void {
	if (model.state.query !== '' || model.state.filter.size > 0) {
		model.clearFilters();
	} else {
		model.select(null);
	}
}

function panBy(direction: Direction, { driver }: KeyOptions): boolean {
	const sign = direction === 'left' || direction === 'up' ? 1 : -1;
	const sideways = direction === 'left' || direction === 'right';
	driver.pan(sideways ? sign * panStep : 0, sideways ? 0 : sign * panStep);
	return true;
}

function step(direction: Direction, { model, driver }: KeyOptions): boolean {
	const { drawing, selection } = model.state;
	if (drawing === null || drawing.layout.nodes.length === 0) {
		return false;
	}
	const from = selection === null ? -1 : selectedCard(model.state, drawing, selection);
	const card = from === -1 ? 0 : walk(drawing, from, direction);
	const node = drawing.layout.nodes[card];
	if (node !== undefined) {
		model.select({ kind: node.kind, id: node.id });
		driver.glideTo(bringIntoView(driver.camera, node, driver.viewport));
	}
	return true;
}

/** The card to walk from; of an expanded sprint its first. */
function selectedCard(state: GraphState, drawing: Drawing, selection: Target): number {
	if (state.plan.kind !== 'shown') {
		return -1;
	}
	const card = cardFor(drawing, selection, state.plan.index.sprintOf);
	if (card !== -1 || selection.kind === 'task') {
		return card;
	}
	const [first] = state.plan.index.sprints.get(selection.id)?.tasks ?? [];
	return first === undefined ? -1 : cardFor(drawing, { kind: 'task', id: first }, state.plan.index.sprintOf);
}

function look(selection: Target, { model, driver }: KeyOptions): boolean {
	const box = boxOf(model.state, selection);
	if (box !== undefined) {
		driver.glideTo(centre(driver.camera, box, driver.viewport));
	}
	return true;
}

function foldAt(model: GraphModel, selection: Target): boolean {
	const { plan } = model.state;
	if (plan.kind !== 'shown') {
		return false;
	}
	const sprint = selection.kind === 'sprint' ? selection.id : plan.index.sprintOf.get(selection.id);
	if (sprint !== undefined) {
		model.select({ kind: 'sprint', id: sprint });
		model.toggleSprint(sprint);
	}
	return true;
}

function run(model: GraphModel, selection: Target): boolean {
	const action = runActionOf(model.state, selection);
	if (action !== null && model.state.cannotRun === '') {
		model.act({ action, [selection.kind]: selection.id });
	}
	return true;
}
