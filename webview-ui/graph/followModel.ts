import type { Disposable } from '../../src/core/base/disposable.ts';
import { DisposableStore } from '../../src/core/base/disposable.ts';
import { boxOf } from './boxOf.ts';
import { bringIntoView, centre } from './camera.ts';
import type { CameraDriver } from './cameraDriver.ts';
import type { GraphModel, Redrawn } from './graphModel.ts';

/** Moves the camera when another drawing arrives, or when something is to be seen. */
export function followModel(model: GraphModel, driver: CameraDriver): Disposable {
	const store = new DisposableStore();
	store.add(model.onDidRedraw((redrawn) => follow(model, driver, redrawn)));
	store.add(
		model.onDidFocus((target) => {
			const box = boxOf(model.state, target);
			if (box !== undefined) {
				const readable = driver.camera.zoom >= 0.4;
				driver.glideTo(
					readable
						? bringIntoView(driver.camera, box, driver.viewport)
						: centre(driver.camera, box, driver.viewport),
				);
			}
		}),
	);
	return store;
}

/** Where the person has moved the camera, a sprint that was folded stays where the person pressed; what was asked for comes to the middle. */
function follow(model: GraphModel, driver: CameraDriver, { anchor, focus }: Redrawn): void {
	const { drawing } = model.state;
	if (drawing === null) {
		return;
	}
	const moved = driver.chosen !== null;
	driver.resize({ drawing: drawing.layout });
	const after =
		anchor === null || !moved ? undefined : boxOf(model.state, { kind: 'sprint', id: anchor.sprint });
	if (anchor !== null && after !== undefined) {
		const { camera } = driver;
		driver.jumpTo({
			zoom: camera.zoom,
			x: camera.x + (anchor.before.x - after.x) * camera.zoom,
			y: camera.y + (anchor.before.y - after.y) * camera.zoom,
		});
	}
	const box = focus === null ? undefined : boxOf(model.state, focus);
	if (box !== undefined) {
		driver.glideTo(centre(driver.camera, box, driver.viewport));
	}
}
