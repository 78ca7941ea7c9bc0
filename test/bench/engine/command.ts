import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a program in a folder, with a home of its own; rejects with its last words when it fails. */
export async function command(folder: string, argv: readonly string[]): Promise<void> {
	const [program = '', ...args] = argv;
	const home = join(folder, '.home');
	mkdirSync(home, { recursive: true });
	const env = {
		PATH: process.env['PATH'] ?? '',
		HOME: home,
		NX_DAEMON: 'false',
		NX_NO_CLOUD: 'true',
		CI: '1',
	};
	const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let words = '';
	const hear = (text: Buffer) => {
		words = `${words}${text}`.slice(-2_000);
	};
	child.stdout.on('data', hear);
	child.stderr.on('data', hear);
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code !== 0) {
		throw new Error(`${program} ended with ${code}: ${words}`);
	}
}
