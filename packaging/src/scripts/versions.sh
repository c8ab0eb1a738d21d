# Part of the packages' scripts, which the build puts together (Stage.java). POSIX sh.
programs=/usr/lib/jvault
version='@VERSION@'

# used FOLDER: succeeds if a process runs the program of this version's folder.
used() {
  readlink /proc/[0-9]*/exe 2>/dev/null | grep -qF "$1/lib/runtime/bin/java"
}

# A daemon reads files long after its start, but package managers delete those of the old version
# before the daemon has handed over. So the old folder stays under another name, as hard links.
keep_running_versions() {
  for folder in "$programs"/[0-9]*; do
    kept=$programs/.kept-${folder##*/}
    rm -rf "$kept"
    if [ "$folder" != "$programs/$version" ] && used "$folder"; then cp -al "$folder" "$kept"; fi
    # No package manager would delete the caches, and Java does not notice that they are of old jars.
    rm -rf "$folder/lib/aot"
  done
}

# Puts the kept folders back, and deletes those that no daemon runs from any more.
settle_versions() {
  for kept in "$programs"/.kept-*; do
    folder=$programs/${kept#"$programs/.kept-"}
    if [ -d "$kept" ] && [ "$folder" != "$programs/$version" ]; then
      rm -rf "$folder"
      mv "$kept" "$folder"
    fi
    rm -rf "$kept"
  done
  for folder in "$programs"/[0-9]*; do
    if [ "$folder" != "$programs/$version" ] && ! used "$folder"; then rm -rf "$folder"; fi
  done
}

# The caches that make starts fast differ from run to run, so no package has them.
make_caches() {
  "$programs/$version/lib/train" ||
    echo "jvault: it works, but starts take longer without these caches. To make them: $programs/$version/lib/train"
}

# Deletes what no package manager knows.
remove_leftovers() {
  rm -rf "$programs/$version/lib/aot" "$programs"/.kept-*
  for folder in "$programs"/[0-9]*; do
    if [ "$folder" != "$programs/$version" ]; then rm -rf "$folder"; fi
  done
}

# Ends the daemons of all users: their program is about to go.
end_daemons() {
  for link in /proc/[0-9]*/exe; do
    case $(readlink "$link" 2>/dev/null) in
      "$programs"/*/lib/runtime/bin/java*)
        process=${link#/proc/}
        kill "${process%/exe}" 2>/dev/null || :
        ;;
    esac
  done
}

say_installed() {
  echo "jvault: installed. Nothing has been started; to have it at each login: jvault service install"
}

say_upgraded() {
  echo "jvault: upgraded to $version. Running daemons hand over to it by themselves; if a passphrase opens the vault, run: jvault restart"
}

say_removed() {
  echo "jvault: removed. The vault of each user stays in ~/.local/share/jvault, and the state in ~/.local/state/jvault."
}

say_purged() {
  echo "jvault: nothing of a user is purged. To delete their own vault, each user runs: rm -r ~/.local/share/jvault ~/.local/state/jvault"
}
