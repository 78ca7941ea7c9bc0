/**
 * The runner of a shell task (EXECUTION D2): POSIX sh, because a Node process would cost 45 ms and 50 MB a task. It
 * leads a session of its own, so it lives on when engine, terminal and editor go away.
 *
 * Arguments: job folder, then the argument list of the work; the environment and the folder come from the spawn. No
 * plan text ever becomes shell text: the work is `exec "$@"`.
 *
 * - `start` is created exclusively (noclobber); who loses that race exits and has done nothing.
 * - The life line is the pipe between the two halves: only the left half holds its write end. Whatever ends it, the
 *   guard reads end-of-file and ends what is left of the process group.
 * - `result.json` is one short write that is no JSON before its last byte: a rename would cost a process more.
 *   It waits for a disk that is full: nobody else knows how the work ended.
 * - `trap : TERM` lets the outer shell survive the group's TERM without handing an ignored signal down to the work.
 */
export const lightRunnerScript = `
dir=$1; shift
if [ -r /proc/$$/stat ]; then
	IFS= read -r stat < /proc/$$/stat
	IFS= read -r boot < /proc/sys/kernel/random/boot_id
	field() { shift 19; began=$1; }
	field \${stat##*) }
else
	began=$(set -- $(ps -o lstart= -p $$); IFS=_; printf %s "$*")
	boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null)
fi
set -C
{ printf '%s %s %s\\n' "$$" "$began" "$boot" > "$dir/start"; } 2>/dev/null || exit 0
set +C
trap : TERM
{
	( exec "$@" </dev/null >>"$dir/output.log" 2>&1 3>&- )
	code=$?
	until printf '{"exit":%d,"again":%d}\\n' "$code" "$code" > "$dir/result.json" || ! [ -d "$dir" ]; do
		sleep 1
	done 2>/dev/null
} 3>&1 >/dev/null | {
	trap '' TERM
	while IFS= read -r line; do :; done
	kill -TERM 0
}
`;
