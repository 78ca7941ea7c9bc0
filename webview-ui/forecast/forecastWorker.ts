import type { ForecastTask } from './forecast.ts';
import { ForecastDesk } from './forecastDesk.ts';

/** The entry of the simulator's thread. */
const desk = new ForecastDesk({
	answer: (answer, transfer) => postMessage(answer, { transfer: [...transfer] }),
	// The curve comes after everything that waits, so that a newer request overtakes it.
	later: (work) => setTimeout(work, 0),
});

addEventListener('message', ({ data }: MessageEvent<ForecastTask>) => desk.take(data));
