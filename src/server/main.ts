import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { EditorFileSource } from './editorFileSource.ts';
import { NodeFileSource } from './nodeFileSource.ts';
import { startServer } from './startServer.ts';

// dist/server.js --node-ipc | --stdio: the editor chooses how it talks.
const connection = createConnection(ProposedFeatures.all);
startServer(connection, {
	disk: new NodeFileSource(),
	editor: new EditorFileSource(connection),
	now: () => performance.now(),
});
