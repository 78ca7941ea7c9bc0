import { DisposableOwner, toDisposable } from '../../src/core/base/disposable.ts';
import type { Event } from '../../src/core/base/emitter.ts';
import { Emitter } from '../../src/core/base/emitter.ts';
import type { Box } from '../../src/core/graph/layoutTypes.ts';
import type { Camera, Size } from './camera.ts';
import { bringIntoView, firstLook, keepInSight, showAll, zoomAround } from './camera.ts';

export interface CameraDriverOptions {
	/** Where the person left the camera; null to begin with a first look. */
	readonly camera: Camera | null;
	/** True when motion should be avoided. */
	readonly still: () => boolean;
}

const glideMs = 180;

/**
 * Moves the camera, at most once a frame, apart from the state of the page: a pan must not draw anything again.
 * Until a person moved it, it follows the size of drawing and viewport.
 */
export class CameraDriver extends DisposableOwner {
	readonly #options: CameraDriverOptions;
	readonly #moved = this.register(new Emitter<Camera>());
	#camera: Camera;
	#byPerson: boolean;
	#drawing: Size = { width: 0, height: 0 };
	#viewport: Size = { width: 0, height: 0 };
	#frame: number | null = null;

	constructor(options: CameraDriverOptions) {
		super();
		this.#options = options;
		this.#camera = options.camera ?? { x: 0, y: 0, zoom: 1 };
		this.#byPerson = options.camera !== null;
		this.register(toDisposable(() => this.#stop()));
	}

	get camera(): Camera {
		return this.#camera;
	}

	get viewport(): Size {
		return this.#viewport;
	}

	get drawing(): Size {
		return this.#drawing;
	}

	/** The camera when a person moved it, for remembering. */
	get chosen(): Camera | null {
		return this.#byPerson ? this.#camera : null;
	}

	get onDidMove(): Event<Camera> {
		return this.#moved.event;
	}

	resize(change: { readonly drawing?: Size; readonly viewport?: Size }): void {
		this.#drawing = change.drawing ?? this.#drawing;
		this.#viewport = change.viewport ?? this.#viewport;
		if (this.#viewport.width === 0 || this.#drawing.width === 0) {
			return;
		}
		this.#stop();
		this.#apply(this.#byPerson ? this.#camera : firstLook(this.#drawing, this.#viewport));
	}

	/** Brings a box into view at once, without counting as a choice of the person. */
	keepInView(box: Box): void {
		this.#apply(bringIntoView(this.#camera, box, this.#viewport));
	}

	pan(dx: number, dy: number): void {
		this.#byPerson = true;
		this.#stop();
		this.#apply({ ...this.#camera, x: this.#camera.x + dx, y: this.#camera.y + dy });
	}

	/** Zooms around a point of the viewport, by default its middle. */
	zoom(factor: number, pointer = { x: this.#viewport.width / 2, y: this.#viewport.height / 2 }): void {
		this.#byPerson = true;
		this.#stop();
		this.#apply(zoomAround(this.#camera, factor, pointer));
	}

	fit(): void {
		this.glideTo(showAll(this.#drawing, this.#viewport));
	}

	/** Puts the camera somewhere at once. */
	jumpTo(camera: Camera): void {
		this.#byPerson = true;
		this.#stop();
		this.#apply(camera);
	}

	/** Moves smoothly, or at once for those who asked for less motion. */
	glideTo(target: Camera): void {
		this.#byPerson = true;
		this.#stop();
		if (this.#options.still()) {
			this.#apply(target);
			return;
		}
		const from = this.#camera;
		let begin: number | null = null;
		const step = (time: number) => {
			begin ??= time;
			const progress = Math.min(1, (time - begin) / glideMs);
			const eased = 1 - (1 - progress) ** 3;
			this.#frame = progress < 1 ? requestAnimationFrame(step) : null;
			this.#apply(between(from, target, eased));
		};
		this.#frame = requestAnimationFrame(step);
	}

	#stop(): void {
		if (this.#frame !== null) {
			cancelAnimationFrame(this.#frame);
			this.#frame = null;
		}
	}

	#apply(camera: Camera): void {
		this.#camera = keepInSight(camera, this.#drawing, this.#viewport);
		this.#moved.fire(this.#camera);
	}
}

function between(a: Camera, b: Camera, progress: number): Camera {
	const mix = (from: number, to: number) => from + (to - from) * progress;
	return { x: mix(a.x, b.x), y: mix(a.y, b.y), zoom: mix(a.zoom, b.zoom) };
}
