import type { Connection } from 'vscode-languageserver/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { EditorFileSource } from './editorFileSource.ts';
import { NodeFileSource } from './nodeFileSource.ts';
import { startServer } from './startServer.ts';

// dist/server.js --node-ipc | --stdio: the editor chooses how it talks.
function connect(): Connection | null {
	try {
		return createConnection(ProposedFeatures.all);
	} catch {
		process.stderr.write(
			'This is the language server of Switchyard. An editor starts it with --node-ipc or --stdio.\n',
		);
		process.exitCode = 2;
		return null;
	}
}

const connection = connect();
if (connection !== null) {
	startServer(connection, {
		disk: new NodeFileSource(),
		editor: new EditorFileSource(connection),
		now: () => performance.now(),
	});
}
