// Starts the service: node src/main.mjs [PORT]

import { createServer } from './server.mjs';

const port = Number(process.argv[2] ?? '8085');
const server = createServer();
server.listen(port, '127.0.0.1', () => {
	console.log(`Listening on http://127.0.0.1:${server.address().port}/`);
});
