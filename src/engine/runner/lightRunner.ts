/**
 * The runner of a shell task (EXECUTION D2): POSIX sh, because a Node process would cost 45 ms and 50 MB a task. It
 * leads a session of its own, so it lives on when engine, terminal and editor go away.
 *
 * Arguments: job folder, then the argument list of the work; the environment and the folder come from who starts it. No
 * plan text ever becomes shell text: the work is `exec "$@"`. Its own variables are called `_switchyard_…`, because a shell
 * hands a variable that it found in its environment on as it is at the end.
 *
 * - `start` is created exclusively (noclobber); who loses that race exits and has done nothing.
 * - The life line is the pipe of the command substitution: only its inner half holds the write end. Whatever ends that half,
 *   the outer shell reads end-of-file and ends what is left of the process group.
 * - `result.json` is one short write that is no JSON before its last byte: a rename would cost a process more.
 *   It waits for a disk that is full: nobody else knows how the work ended.
 * - `trap : TERM` lets the outer shell survive the group's TERM without handing an ignored signal down to the work.
 */
export const lightRunnerScript = `
_switchyard_dir=$1; shift
if [ -r /proc/$$/stat ]; then
	IFS= read -r _switchyard_stat < /proc/$$/stat
	IFS= read -r _switchyard_boot < /proc/sys/kernel/random/boot_id
	_switchyard_field() { shift 19; _switchyard_began=$1; }
	_switchyard_field \${_switchyard_stat##*) }
else
	_switchyard_began=$(set -- $(ps -o lstart= -p $$); IFS=_; printf %s "$*")
	_switchyard_boot=$(sysctl -n kern.bootsessionuuid 2>/dev/null)
fi
set -C
{ printf '%s %s %s\\n' "$$" "$_switchyard_began" "$_switchyard_boot" > "$_switchyard_dir/start"; } 2>/dev/null || exit 0
set +C
trap : TERM
: "$(
	( exec "$@" </dev/null >>"$_switchyard_dir/output.log" 2>&1 )
	_switchyard_code=$?
	until printf '{"exit":%d,"again":%d}\\n' "$_switchyard_code" "$_switchyard_code" > "$_switchyard_dir/result.json" ||
		! [ -d "$_switchyard_dir" ]; do
		sleep 1
	done 2>/dev/null
)"
kill -TERM 0
`;
