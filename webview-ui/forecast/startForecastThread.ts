import type { ForecastAnswer } from './forecast.ts';
import type { ForecastThread } from './forecastClient.ts';

/**
 * Starts the bundled simulator. A webview may not start a thread from the extension's own address, so its text is
 * fetched and started from a blob, as the editor's documentation of webviews says.
 */
export async function startForecastThread(address: string): Promise<ForecastThread> {
	const blob = URL.createObjectURL(new Blob([await load(address)], { type: 'text/javascript' }));
	const worker = new Worker(blob);
	URL.revokeObjectURL(blob);
	return {
		post: (task) => worker.postMessage(task),
		onAnswer: (listener) => {
			worker.onmessage = ({ data }: MessageEvent<ForecastAnswer>) => listener(data);
		},
		onFailure: (listener) => {
			worker.onerror = (event) => listener(event.message);
		},
		dispose: () => worker.terminate(),
	};
}

/** Rejects with a sentence, because it is what a person reads in place of the forecast. */
async function load(address: string): Promise<string> {
	try {
		const response = await fetch(address);
		if (response.ok) {
			return await response.text();
		}
		throw new Error(`${response.status} ${response.statusText}`);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(
			`The simulator could not be loaded: ${reason}. The installed extension may be incomplete.`,
		);
	}
}
