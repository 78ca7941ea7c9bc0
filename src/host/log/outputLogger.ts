import type * as vscode from 'vscode';
import type { Logger } from '../../core/base/ports.ts';

/** The host's log: the output channel "Switchyard", with the level the user chose there. */
export function outputLogger(channel: vscode.LogOutputChannel): Logger {
	return {
		debug: (message) => channel.debug(message),
		info: (message) => channel.info(message),
		warn: (message) => channel.warn(message),
		error: (message) => channel.error(message),
	};
}
