// Loaded into a real engine before it begins (`node --require`): ends it by SIGKILL at one exact place, so that every
// boundary can be met by a real kill. It counts what the process changes on the disk below one folder, and lines of
// journals apart from the rest.
//
//   SY_KILL_ROOT    the folder that counts
//   SY_KILL_LINE    ends with the writing of the n-th line of a journal, from 1 …
//   SY_KILL_LEAVES  … of which this is left: `whole`, `torn` (half of it), `unsynced` (whole, and no sync was begun)
//   SY_KILL_KIND    … where only lines with this kind of event are counted
//   SY_KILL_STEP    ends before the n-th change of the disk that is no line of a journal, from 1
//   SY_KILL_STEP_NAME  … of those with this name, as `spawn` or `rename`
//   SY_KILL_STEP_PATH  … and of those with this in their path
//   SY_KILL_BY      the signal; with SIGSTOP the process freezes before the line or the step, and goes on from there
//   SY_KILL_ONCE    a file that is made then; where it is there, nothing happens
//   SY_KILL_LOG     a file that gets the name of every place that is passed
const fs = require('node:fs');
const promises = require('node:fs/promises');
const childProcess = require('node:child_process');
const { Socket } = require('node:net');

const {
	SY_KILL_ROOT: root = '',
	SY_KILL_LINE,
	SY_KILL_STEP,
	SY_KILL_LOG,
	SY_KILL_KIND,
	SY_KILL_STEP_NAME,
	SY_KILL_STEP_PATH = '',
	SY_KILL_ONCE,
} = process.env;
const isOver = SY_KILL_ONCE !== undefined && fs.existsSync(SY_KILL_ONCE);
const leaves = process.env.SY_KILL_LEAVES ?? 'whole';
const signal = process.env.SY_KILL_BY ?? 'SIGKILL';
const lineLimit = isOver ? 0 : Number(SY_KILL_LINE ?? 0);
const stepLimit = isOver ? 0 : Number(SY_KILL_STEP ?? 0);
const { writeSync, fdatasyncSync, readlinkSync, appendFileSync } = fs;
let lines = 0;
let steps = 0;

// What the engine starts is not to be killed in the same way.
for (const name of Object.keys(process.env)) {
	if (name.startsWith('SY_KILL_')) {
		delete process.env[name];
	}
}

function end() {
	if (SY_KILL_ONCE !== undefined) {
		isNoting = true;
		appendFileSync(SY_KILL_ONCE, '');
		isNoting = false;
	}
	process.kill(process.pid, signal);
	if (signal !== 'SIGKILL') {
		return;
	}
	// The signal is on its way: nothing more may happen.
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

let isNoting = false;
function note(text) {
	if (SY_KILL_LOG !== undefined) {
		isNoting = true;
		appendFileSync(SY_KILL_LOG, `${text}\n`);
		isNoting = false;
	}
}

function pathOf(fd) {
	try {
		return readlinkSync(`/proc/self/fd/${fd}`);
	} catch {
		return '';
	}
}

function step(name, path) {
	if (!String(path).startsWith(root) || String(path).endsWith('journal.jsonl')) {
		return;
	}
	const isOther = SY_KILL_STEP_NAME !== undefined && name !== SY_KILL_STEP_NAME;
	if (isOther || !String(path).includes(SY_KILL_STEP_PATH)) {
		return;
	}
	steps++;
	note(`step ${name} ${String(path).slice(root.length)}`);
	if (steps === stepLimit) {
		end();
	}
}

/** A write to a journal: ends the process in it where the time has come. */
function journalWrite(fd, data) {
	const bytes = Buffer.from(data);
	let begin = 0;
	while (begin < bytes.length) {
		const next = bytes.indexOf(0x0a, begin + 1);
		const after = next < 0 ? bytes.length : next;
		const text = bytes.toString('utf8', begin, after);
		if (SY_KILL_KIND === undefined || text.includes(`"e":{"kind":"${SY_KILL_KIND}"`)) {
			lines++;
			note(`line ${/"kind":"([^"]+)"/.exec(text)?.[1]}`);
			if (lines === lineLimit && signal !== 'SIGKILL') {
				end();
			} else if (lines === lineLimit) {
				const length = leaves === 'torn' ? begin + Math.ceil((after - begin) / 2) : after;
				writeSync(fd, bytes, 0, length);
				if (leaves === 'whole') {
					fdatasyncSync(fd);
				}
				end();
			}
		}
		begin = after;
	}
}

function onWrite(fd, data) {
	const path = pathOf(fd);
	if (path.startsWith(root) && path.endsWith('journal.jsonl')) {
		journalWrite(fd, data);
	} else {
		step('write', path);
	}
}

function wrap(object, name, before) {
	const original = object[name];
	object[name] = function (...args) {
		if (!isNoting) {
			before.apply(this, args);
		}
		return original.apply(this, args);
	};
}

for (const place of [fs, promises]) {
	for (const name of [
		'mkdir',
		'writeFile',
		'unlink',
		'rm',
		'utimes',
		'mkdirSync',
		'writeFileSync',
		'unlinkSync',
		'rmSync',
	]) {
		if (name in place) {
			wrap(place, name, (path) => step(name, path));
		}
	}
	for (const name of ['rename', 'link', 'renameSync', 'linkSync']) {
		if (name in place) {
			wrap(place, name, (_, to) => step(name, to));
		}
	}
	for (const name of ['open', 'openSync']) {
		wrap(place, name, (path, flags) => {
			if (typeof flags === 'string' && /[wa]/.test(flags)) {
				step(name, path);
			}
		});
	}
}
for (const name of ['write', 'writeSync']) {
	wrap(fs, name, onWrite);
}
wrap(childProcess, 'spawn', (_, args) =>
	step(
		'spawn',
		(args ?? []).find((arg) => String(arg).startsWith(root)),
	),
);
// What starts a runner without a process of its own is what a warm shell is told.
wrap(Socket.prototype, 'write', (data) => {
	if (/^\d+ \d+\n/.test(String(data))) {
		step(
			'spawn',
			String(data)
				.split('\n')
				.find((line) => line.startsWith(root)),
		);
	}
});
const handle = fs.promises.open(__filename).then(async (file) => {
	const prototype = Object.getPrototypeOf(file);
	await file.close();
	for (const name of ['write', 'appendFile', 'writeFile']) {
		wrap(prototype, name, function (data) {
			onWrite(this.fd, data);
		});
	}
});
handle.catch(() => process.exit(70));
