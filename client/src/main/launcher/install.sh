#!/bin/sh
# Installs jvault into a prefix beside other versions of it, or removes it from there. See usage.
#
# Each version has its own folder in PREFIX/lib/jvault, with the list `files` of everything that it
# brought into the prefix; the link `current` there leads to the version that new commands run.
# Nothing in the prefix changes before all checks have passed and all files lie there under another
# name; then renames put them into place. POSIX sh.
set -u
umask 022

usage() {
  cat <<'END'
usage: install.sh [PREFIX]               installs jvault into PREFIX, ~/.local if none is given
       install.sh --uninstall [PREFIX]   removes it from there and leaves your vault alone
END
}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

say() { printf '%s\n' "$1"; }

# The processes that run a version, as /proc/PID, or a word where there is no /proc.
users_of() {
  program=$versions/$1/lib/
  if [ -r /proc/self/cmdline ]; then
    set -- /proc/[0-9]*/cmdline
    # From its input, because an argument would be found in grep's own command line.
    printf '%s\n' "$program" | grep -lF -f - "$@" 2>/dev/null | sed 's,/cmdline$,,'
  else
    case $(ps -A -o args= 2>/dev/null) in *"$program"*) say process ;; esac
  fi
}

# The first of these processes, for a sentence.
user_of() { users_of "$1" | head -n 1 | sed 's,^/proc/,process ,'; }

# Whether a folder in lib/jvault is a version of the program.
is_version() {
  [ ! -L "$1" ] && [ -r "$1/lib/version" ] && [ "$(cat "$1/lib/version")" = "${1##*/}" ]
}

# The paths outside of lib/jvault that a list `files` names, and all of them.
outside() { sed -n 's/^[^ ]* //p' "$1" | grep -v '^lib/jvault/'; }
listed() { sed -n 's/^[^ ]* //p' "$1"; }

# Whether a file of the prefix is as one of the versions there has brought it.
is_ours() {
  if [ -L "$prefix/$1" ]; then
    [ "$1" = bin/jvault ] && [ "$(readlink "$prefix/$1")" = ../lib/jvault/current/bin/jvault ]
    return
  fi
  [ -f "$prefix/$1" ] || return 1
  size=$(($(wc -c <"$prefix/$1")))
  for list in "$prefix"/lib/jvault/*/files; do
    if [ -r "$list" ] && grep -qxF "$size $1" "$list"; then return 0; fi
  done
  return 1
}

# Whether a tree has all files of a list, in their sizes: is_whole TREE LIST
is_whole() {
  while read -r size path; do
    case $size in
      link) [ -L "$1/$path" ] || return 1 ;;
      *) [ -f "$1/$path" ] && [ "$(($(wc -c <"$1/$path")))" -eq "$size" ] || return 1 ;;
    esac
  done <"$2"
}

# Replaces a link at once: replace_link NEW PLACE. mv without -T (-h on BSD) would move the new one
# into the folder that the old one leads to.
replace_link() {
  mv -fT "$1" "$2" 2>/dev/null || mv -fh "$1" "$2" 2>/dev/null ||
    { ln -sfn "$(readlink "$1")" "$2" && rm -f "$1"; }
}

# Makes a folder of the prefix, and notes each one that was not there, so that it can be removed.
make_folder() {
  [ ! -d "$prefix/$1" ] || return 0
  case $1 in */*) make_folder "${1%/*}" || return 1 ;; esac
  mkdir "$prefix/$1" 2>/dev/null && made="$made$1
"
}

# The nearest folder of a path that exists.
nearest() {
  near=$1
  while [ ! -d "$near" ]; do
    if [ -e "$near" ] || [ -L "$near" ]; then
      fail "$near is in the way: it is not a folder. Nothing has been changed."
    fi
    near=${near%/*}
    near=${near:-/}
  done
}

# Removes a version: the files that it lists in its folder, and the folders that are then empty.
remove_version() {
  [ -r "$prefix/lib/jvault/$1/files" ] || return 0
  (cd "$prefix" && listed "lib/jvault/$1/files" | grep "^lib/jvault/$1/" | xargs rm -f) || return 1
  rm -rf "$prefix/lib/jvault/$1/files" "$prefix/lib/jvault/$1/lib/aot"
  find "$prefix/lib/jvault/$1" -depth -type d -exec rmdir {} + 2>/dev/null
  [ ! -e "$prefix/lib/jvault/$1" ] || say "Left where they were: files in $prefix/lib/jvault/$1 that jvault did not bring."
}

install() {
  is_whole "$tree" "$source/files" 2>/dev/null || fail "Parts of jvault are missing in $tree; unpack it again."
  [ "$source" != "$versions/$version" ] || fail "$prefix is where this install.sh is installed; run that of another version."

  # What must not be overwritten, and where nothing can be written.
  for path in bin lib/jvault $(outside "$source/files" | sed 's,/[^/]*$,,' | sort -u); do
    nearest "$prefix/$path"
    [ -w "$near" ] || fail "$near cannot be written; choose another prefix. Nothing has been changed."
  done
  for path in $(outside "$source/files"); do
    if [ -e "$prefix/$path" ] || [ -L "$prefix/$path" ]; then
      is_ours "$path" || cmp -s "$tree/$path" "$prefix/$path" ||
        fail "$prefix/$path is in the way: it is not of jvault, or was changed; move it away. Nothing has been changed."
    fi
  done
  place=$prefix/lib/jvault
  [ -L "$place/current" ] || [ ! -e "$place/current" ] ||
    fail "$place/current is in the way: it is not a link; move it away. Nothing has been changed."
  same=''
  if [ -e "$place/$version" ] || [ -L "$place/$version" ]; then
    if diff -r -x aot "$source" "$place/$version" >/dev/null 2>&1; then
      same=true
    else
      user=$(user_of "$version")
      [ -z "$user" ] || fail "Another build of version $version runs from $place/$version ($user); run \`jvault stop\`, then this again. Nothing has been changed."
    fi
  fi

  # From here on files are written, under other names first.
  made=''
  if [ ! -d "$prefix" ]; then
    mkdir -p "$prefix" 2>/dev/null || fail "$prefix cannot be made; choose another prefix."
    made='.
'
  fi
  make_folder lib/jvault || fail "$place cannot be made; choose another prefix."
  versions=$(cd "$place" && pwd -P)
  fresh=$place/.new.$$
  # Of a run that was killed.
  for left in "$place"/.new.*; do
    kill -0 "${left##*.}" 2>/dev/null || rm -rf "$left"
  done
  trap 'rm -rf "$fresh"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir "$fresh" "$fresh/outside" || fail "$place cannot be written; nothing has been installed."
  if [ -z "$same" ]; then
    cp -R -P "$source" "$fresh/program" || fail "The files cannot be copied to $place; nothing has been installed."
  fi
  for path in $(outside "$source/files"); do
    if ! mkdir -p "$fresh/outside/${path%/*}" || ! cp -P "$tree/$path" "$fresh/outside/$path"; then
      fail "The files cannot be copied to $place; nothing has been installed."
    fi
  done
  ln -s "$version" "$fresh/current" || fail "$place cannot have links; nothing has been installed."

  if [ -z "$same" ]; then
    if [ -e "$place/$version" ]; then
      mv "$place/$version" "$fresh/replaced" || fail "$place/$version cannot be replaced; nothing has been installed."
    fi
    mv "$fresh/program" "$place/$version" || fail "$place/$version cannot be written; run this again."
  fi
  # A release has no caches, because they differ from run to run.
  if [ ! -d "$place/$version/lib/aot" ] && [ -x "$place/$version/lib/train" ]; then
    say "Making the caches for fast starts, which takes some seconds."
    "$place/$version/lib/train" || say "jvault works without them; starts take longer."
  fi
  before=$(readlink "$place/current" 2>/dev/null)
  replace_link "$fresh/current" "$place/current" || fail "$place/current cannot be switched; run this again."
  for path in $(outside "$source/files"); do
    if ! make_folder "${path%/*}" || ! mv -f "$fresh/outside/$path" "$prefix/$path"; then
      fail "$prefix/$path cannot be written; run this again."
    fi
  done
  if [ -n "$made" ]; then printf '%s' "$made" >>"$place/made-folders"; fi

  # What only the version before had, and versions that nothing needs any more.
  if [ -n "$before" ] && [ "$before" != "$version" ] && [ -r "$place/$before/files" ]; then
    for path in $(outside "$place/$before/files"); do
      outside "$source/files" | grep -qxF "$path" || ! is_ours "$path" || rm -f "$prefix/$path"
    done
    for folder in "$place"/*; do
      name=${folder##*/}
      case $name in "$version" | "$before" | current) continue ;; esac
      if is_version "$folder" && [ -z "$(users_of "$name")" ]; then
        remove_version "$name" && say "Removed version $name, which nothing used."
      fi
    done
  fi

  say "jvault $version is installed in $prefix."
  if [ -n "$before" ] && [ "$before" != "$version" ] && [ -n "$(users_of "$before")" ]; then
    say "The daemon of version $before hands over to it by itself; \`jvault status\` shows it."
  fi
  case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) say "$prefix/bin is not in your PATH; add it where your shell sets that, such as in ~/.profile:
  export PATH=\"$prefix/bin:\$PATH\"" ;;
  esac
}

uninstall() {
  place=$prefix/lib/jvault
  found=''
  for folder in "$place"/*; do
    name=${folder##*/}
    if ! is_version "$folder" || [ ! -r "$folder/files" ]; then continue; fi
    found="$found $name"
    user=$(user_of "$name")
    [ -z "$user" ] || fail "jvault $name runs from $prefix ($user); run \`jvault stop\`, then this again. Nothing has been removed."
  done
  [ -n "$found" ] || fail "No jvault is installed in $prefix."
  units=${XDG_CONFIG_HOME:-${HOME-}/.config}/systemd/user
  for unit in "$units/jvault.service" "$units/jvault.socket"; do
    if [ -r "$unit" ] && grep -qF "$prefix/bin/jvault" "$unit"; then
      fail "The unit $unit starts this jvault; run \`jvault service uninstall\`, then this again. Nothing has been removed."
    fi
  done
  [ -w "$place" ] || fail "$place cannot be written. Nothing has been removed."

  paths=$(for name in $found; do outside "$place/$name/files"; done | sort -u)
  for path in $paths; do
    if is_ours "$path"; then
      rm -f "$prefix/$path"
    elif [ -e "$prefix/$path" ]; then
      say "Left where it was, because it was changed: $prefix/$path"
    fi
  done
  for name in $found; do
    remove_version "$name" || fail "$place/$name cannot be removed."
  done
  rm -f "$place/current"
  if [ -r "$place/made-folders" ]; then
    # The deepest ones first.
    folders=$(sort -ru "$place/made-folders")
    rm -f "$place/made-folders"
    printf '%s\n' "$folders" | while IFS= read -r path; do rmdir "$prefix/${path#.}" 2>/dev/null; done
  fi
  say "jvault is removed from $prefix."
  case ${JVAULT_HOME:+home}:$(uname -s) in
    home:*) set -- "$JVAULT_HOME" ;;
    *:Darwin) set -- "${HOME-}/Library/Application Support/jvault" ;;
    *) set -- "${XDG_DATA_HOME:-${HOME-}/.local/share}/jvault" "${XDG_STATE_HOME:-${HOME-}/.local/state}/jvault" ;;
  esac
  kept=''
  for folder in "$@"; do
    if [ -d "$folder" ]; then kept="$kept \"$folder\""; fi
  done
  if [ -n "$kept" ]; then
    say "Your vault is still there, with your keys, settings and logs. This deletes it, after which the keys are gone:
  rm -r$kept
and the item \`jvault\` of your keyring holds its key, if you have one."
  fi
}

task=install
case ${1-} in
  -h | --help)
    usage
    exit
    ;;
  --uninstall)
    task=uninstall
    shift
    ;;
  -*)
    usage >&2
    exit 2
    ;;
esac
[ $# -le 1 ] || {
  usage >&2
  exit 2
}

# The program that this script belongs to: in lib/jvault/VERSION, or a link beside bin and lib.
case $0 in */*) here=$(cd "${0%/*}" && pwd -P) ;; *) here=$(pwd -P) ;; esac
if [ -r "$here/lib/jvault/current/files" ]; then here=$(cd "$here/lib/jvault/current" && pwd -P); fi
source=$here
tree=$(cd "$source/../../.." && pwd -P)
if [ ! -r "$source/files" ] || [ ! -r "$source/lib/version" ]; then fail "Parts of jvault are missing in $tree; unpack it again."; fi
version=$(cat "$source/lib/version")

prefix=${1-}
if [ $# = 0 ]; then
  if [ $task = uninstall ] && [ -r "$tree/lib/jvault/made-folders" ]; then
    prefix=$tree
  else
    case ${HOME-} in /*) prefix=$HOME/.local ;; *) fail "HOME names no folder; name the prefix, such as \`install.sh /usr/local\`." ;; esac
  fi
fi
case $prefix in
  '') fail "The prefix is empty; name a folder." ;;
  *'
'*) fail "The prefix has a line break in its name; choose another one." ;;
  /) ;;
  /*) prefix=${prefix%/} ;;
  *) prefix=$(pwd -P)/${prefix%/} ;;
esac
versions=$prefix/lib/jvault
if [ -d "$versions" ]; then versions=$(cd "$versions" && pwd -P); fi
$task
