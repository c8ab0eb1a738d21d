# shellcheck shell=bash
# shellcheck disable=SC2154 # the launcher sets the variables that are only read here
# The part of the jvault command that starts a JVM. The launcher, bin/jvault, reads this file only
# if it needs one; the rules at its head hold here too.

# Bash must not set LINES and COLUMNS after a child has ended: the command would see them.
shopt -u checkwinsize

# Builds the command line of our JVM in jv_java: jv_jvm client|daemon FLAG…
jv_jvm() {
  [ -x "$jv_lib/runtime/bin/java" ] ||
    jv_fail 1 "Parts of jvault are missing ($jv_lib/runtime); install it again."
  jv_kind=$1
  jv_list=$jv_lib/client.jars
  [ "$jv_kind" = client ] || jv_list=$jv_lib/server.jars
  shift
  jv_read_lines "$jv_list" || jv_fail 1 "Parts of jvault are missing ($jv_list); install it again."
  jv_path=''
  for jv_line in "${jv_lines[@]}"; do jv_path=${jv_path:+$jv_path:}$jv_lib/$jv_line; done
  # Core dumps, heap dumps, crash reports and attached debuggers could all show secrets.
  jv_java=("$jv_lib/runtime/bin/java" "$@" -XX:+UseSerialGC -XX:-UsePerfData
    -XX:+DisableAttachMechanism -XX:-HeapDumpOnOutOfMemoryError -XX:-CreateCoredumpOnCrash
    -XX:ErrorFile=/dev/null -XX:ReplayDataFile=/dev/null -Xlog:disable
    --enable-native-access=ALL-UNNAMED)
  # The build sets JVAULT_AOT_TRAIN=FOLDER to record the AOT caches that later runs use.
  if [ -n "$jv_train" ]; then
    jv_java+=("-XX:AOTCacheOutput=$jv_train/$jv_kind.aot")
  elif [ -f "$jv_lib/aot/$jv_kind.aot" ]; then
    jv_java+=("-XX:AOTCache=$jv_lib/aot/$jv_kind.aot")
  fi
  jv_java+=(-cp "$jv_path" "-Djvault.launcher=$jv_self" "-Djvault.version=$jv_version" "-Djvault.uid=$UID")
}

# Removes Java options that must not reach our JVM (the command does get them), and makes the JVM
# read file names as UTF-8.
jv_shield() {
  unset -v JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
  [ -n "${JVAULT_AOT_TRAIN-}" ] || unset -v JDK_AOT_VM_OPTIONS
  export LC_ALL=C.UTF-8 2>/dev/null
  # Until the JVM has closed its memory itself: no core file, and if the kernel hands core dumps to a
  # program, which ignores that limit, one without heap and stacks.
  ulimit -c 0
  { echo 0 >/proc/self/coredump_filter; } 2>/dev/null
  umask 077
}

# Starts the daemon or another program of the server's class path: jv_server FOREGROUND ARGS…
jv_server() {
  # Checking a passphrase (scrypt) needs 80 MiB; the JVM gives the heap back afterwards. Only C1,
  # because a daemon that is asked now and then never runs long enough for C2 to pay off. The two
  # intervals, in milliseconds, are those of JVM threads that would wake up four times a second.
  jv_jvm daemon -XX:TieredStopAtLevel=1 -Xms6m -Xmx80m -Xmn2m \
    -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 -XX:-ShrinkHeapInSteps -Xss256k \
    -XX:+UseCompactObjectHeaders -XX:ReservedCodeCacheSize=16m \
    -XX:TrimNativeHeapInterval=30000 -XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=30000
  # The log is in UTC, wherever it was started; clients say which time zone their user reads.
  jv_java+=(-Duser.timezone=UTC)
  # Helpers start without a program of the runtime's, so also after an upgrade has removed our files.
  jv_java+=(-Djdk.lang.Process.launchMechanism=FORK)
  jv_shield
  export MALLOC_ARENA_MAX=1
  jv_foreground=$1
  shift
  if [ "$jv_foreground" = true ]; then exec "${jv_java[@]}" dev.jvault.server.Main "$@"; fi
  # The daemon gets a process group of its own and ignores the terminal's signals, because Ctrl-C, a
  # closed terminal and `timeout` are meant for the command. It runs in / so as to block no unmount.
  trap '' HUP INT QUIT TSTP TTIN TTOU
  cd / || exit 1
  set -m
  "${jv_java[@]}" dev.jvault.server.Main "$@" </dev/null &
  # Java's Process takes the end of its child, which is this shell, for the end of the output. So
  # this shell closes its own output and stays until the client closes its input.
  exec >&-
  IFS= read -r jv_line
  exit 0
}

jv_client() {
  jv_jvm client -XX:TieredStopAtLevel=1 -Xmx32m
  jv_java+=("-Djvault.pid=$$" "-Djvault.stdin.tty=$jv_keyboard" "-Djvault.stdout.tty=$jv_tty")
}

jv_train=${JVAULT_AOT_TRAIN-}
jv_tty=false jv_keyboard=false
if [ -t 1 ]; then jv_tty=true; fi
if [ -t 0 ]; then jv_keyboard=true; fi
case ${1-} in
  --daemon)
    jv_first=false
    for jv_line in "$@"; do [ "$jv_line" != --foreground ] || jv_first=true; done
    jv_server "$jv_first" "$@"
    ;;
  --demo | --doctor)
    # They need no AOT cache of their own; what the demonstration starts, the client and the daemon, does.
    jv_train=''
    jv_server true "$@"
    ;;
esac
# The verb may follow options: those of every verb, and those that people write for aws-vault and
# aws-sso. A test compares the ones without a value with the client's table.
jv_first=1
while [ "$jv_first" -le $# ]; do
  case ${!jv_first} in
    --debug | --biometrics | --parallel-safe | --verbose | --sts-refresh | --lines | \
      --no-config-check | --completion-script-bash | --completion-script-zsh | \
      --completion-script-fish | --help-long | --help-man | -*=*) ;;
    -*) jv_first=$((jv_first + 1)) ;;
    *) break ;;
  esac
  jv_first=$((jv_first + 1))
done
if [ "${!jv_first-}" != exec ]; then
  jv_client
  jv_shield
  exec "${jv_java[@]}" dev.jvault.client.Main "$@"
fi

# The client answers exec with `shift N`, where N is how many words are jvault's own, and the plan.
# The answer stays in memory; a here-document would put it into a file. Standard input belongs to
# the command, except for the line that `--mfa-token -` asks for.
#
# A signal at a prompt ends the client, which restores the terminal, and then this shell. So the
# client runs beside it, in a process substitution: a trap interrupts `read` but no `$(…)`. There,
# bash ignores INT and QUIT, which only a trap in between undoes. Before version 4.4, bash cannot wait
# for it, so a client that fails repeats its status as its last line.
jv_end() {
  jv_signal=$1
  kill -TERM "$jv_pid" 2>/dev/null
}
jv_client
jv_java+=(-Djvault.exec=true)
jv_text='' jv_signal=''
exec 4</dev/null
for jv_line in "$@"; do
  case $jv_line in - | --mfa-token=- | -*t- | -*t=-)
    exec 4<&0
    break
    ;;
  esac
done
exec 3< <(trap : INT QUIT && trap - INT QUIT && jv_shield &&
  exec "${jv_java[@]}" dev.jvault.client.Main "$@" <&4 4<&-)
jv_pid=$!
exec 4<&-
for jv_line in INT QUIT TERM HUP; do
  # shellcheck disable=SC2064 # the name of the signal belongs into the trap
  trap "jv_end $jv_line" "$jv_line"
done
IFS= read -r -d '' jv_text <&3
exec 3<&-
trap - INT QUIT TERM HUP
case $jv_signal in
  '') ;;
  INT) exit 130 ;;
  QUIT) exit 131 ;; # bash ignores QUIT itself
  *) kill -s "$jv_signal" $$ ;;
esac
wait "$jv_pid" 2>/dev/null
jv_status=$?
jv_text=${jv_text%$'\n'}
jv_line=${jv_text##*$'\n'}
case $jv_line in
  "exit "[1-9]*)
    [ "$jv_status" != 127 ] || jv_status=${jv_line#exit }
    exit "$jv_status"
    ;;
esac
[ "$jv_status" = 0 ] || [ "$jv_status" = 127 ] || exit "$jv_status"
case $jv_text in "shift "*) ;; *) printf '%s\n' "$jv_text" && exit ;; esac
set -f
IFS=$'\n'
# shellcheck disable=SC2206 # split at the ends of lines on purpose
jv_lines=($jv_text)
IFS=$' \t\n'
set +f
jv_text=''
jv_own=${jv_lines[0]#shift }
jv_lines=("${jv_lines[@]:1}")
case $jv_own in '' | *[!0-9]* | ?????????*) jv_own=0 ;; esac
if [ "$jv_own" -eq 0 ] || [ "$jv_own" -gt $# ] || [ "${jv_lines[0]-}" != "jvault-plan 1" ] || ! jv_sort; then
  jv_fail 8 "The daemon's answer cannot be read; run \`jvault stop\`, then try again."
fi
jv_apply
shift "$jv_own"
jv_become "$@"
jv_explain "$@"
