// Loaded into a real engine before it begins (`node --require`): the shell runners that it starts, plainly or by warm shells,
// get a script in which the one of each task ends by SIGKILL at a place of its own, the first time.
//
//   SY_RUNNER_KILLS  a folder; its file `places` has one line of JSON a place: `task`, `line` (the index of the line of the
//                    script before which it ends), `what` (`runner` alone, its `session`, or `half`: both, with half of the result) and
//                    `job` (`work` or `check`). A folder named after the task is made when it has happened.
const childProcess = require('node:child_process');
const { readFileSync } = require('node:fs');

const { SY_RUNNER_KILLS: folder = '' } = process.env;
delete process.env.SY_RUNNER_KILLS;

const places = readFileSync(`${folder}/places`, 'utf8')
	.split('\n')
	.filter(Boolean)
	.map((line) => JSON.parse(line));

/** `$$` is the runner itself also in its subshells; 0 is everything in its session. What `$?` was it stays. */
function killer({ task, what, job }) {
	const target = what === 'runner' ? '$$' : '0';
	const elsewhere = job === 'check' ? `[ -n "\${_switchyard_dir##*check-*}" ] || ` : '';
	const half = what === 'half' ? `printf '{"exit":' > "$_switchyard_dir/result.json"; ` : '';
	const first = `! mkdir "${folder}/${task}" 2>/dev/null || { ${half}kill -9 ${target}; }`;
	return `_code=$?; [ "$SWITCHYARD_TASK" != "${task}" ] || ${elsewhere}${first}; ( exit $_code )`;
}

function withKills(script) {
	return script
		.split('\n')
		.flatMap((line, index) => [...places.filter((place) => place.line === index).map(killer), line])
		.join('\n');
}

const { spawn } = childProcess;
childProcess.spawn = function (program, args, options) {
	const changed = (args ?? []).map((arg) =>
		String(arg).includes('_switchyard_dir=$1; shift') ? withKills(String(arg)) : arg,
	);
	return spawn.call(this, program, changed, options);
};
