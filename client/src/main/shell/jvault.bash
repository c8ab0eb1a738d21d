# shellcheck shell=bash
# Completion of jvault for bash 3.2 and newer. The package bash-completion finds this file by itself;
# without that package, source it from ~/.bashrc.
#
# `jvault __complete` knows what can be typed; it starts no JVM. No word of the command line and no
# name from a config file is evaluated here.

_jvault_prefix=${BASH_SOURCE[0]%/share/*}
if [ -x "$_jvault_prefix/bin/jvault" ]; then _jvault_program=$_jvault_prefix/bin/jvault; else _jvault_program=jvault; fi
unset -v _jvault_prefix

# Splits a command line into words without their quotes. Sets words, starts (where each word begins),
# quote (the quote that is open at the end), and skip: how many characters of the last word come
# before the part that readline replaces.
_jvault_split() {
  local line=$1 index character word='' begun='' opened=0
  words=() starts=() quote='' skip=0
  for ((index = 0; index < ${#line}; index++)); do
    character=${line:index:1}
    case $quote$character in
      [$' \t\n'])
        if [ -n "$begun" ]; then words+=("$word"); fi
        word='' begun='' skip=0
        continue
        ;;
    esac
    if [ -z "$begun" ]; then starts+=("$index"); fi
    begun=yes
    case $quote$character in
      "''" | '""') quote='' ;;
      "'"? | '"'[!\\]) word+=$character ;;
      [\'\"])
        quote=$character
        opened=${#word}
        ;;
      \"\\)
        index=$((index + 1))
        case ${line:index:1} in [\"\$\`\\]) ;; *) word+=\\ ;; esac
        word+=${line:index:1}
        ;;
      \\)
        index=$((index + 1))
        word+=${line:index:1}
        ;;
      *)
        word+=$character
        # readline replaces what follows such a character, and an @ itself too.
        case ${COMP_WORDBREAKS-} in
          *"$character"*) if [ "$character" = @ ]; then skip=$((${#word} - 1)); else skip=${#word}; fi ;;
        esac
        ;;
    esac
  done
  if [ -z "$begun" ]; then starts+=("${#line}"); fi
  words+=("$word")
  if [ -n "$quote" ]; then skip=$opened; fi
}

# Sets quoted to the part of a candidate that readline inserts, fit for the quote that is open.
_jvault_quote() {
  quoted=${1:skip}
  case $quote in
    '"')
      quoted=${quoted//\\/\\\\}
      quoted=${quoted//\"/\\\"}
      quoted=${quoted//\$/\\\$}
      quoted=${quoted//\`/\\\`}
      # No backslash keeps a history expansion from happening between double quotes.
      quoted=${quoted//\!/\"\\\!\"}
      ;;
    "'") quoted=${quoted//\'/\'\\\'\'} ;;
    *) printf -v quoted %q "$quoted" ;;
  esac
}

# Completes the command that begins at word $1, as if it stood alone.
_jvault_command() {
  local name=${words[$1]} start=${starts[$1]} at=0 position=0 spec func='' program='' option
  # Bash splits words at more characters than blanks, so the index in COMP_WORDS differs.
  while [ "$at" -lt "$COMP_CWORD" ]; do
    while [[ ${COMP_LINE:position:1} == [$' \t\n'] ]]; do position=$((position + 1)); done
    [ "$position" -lt "$start" ] || break
    position=$((position + ${#COMP_WORDS[at]}))
    at=$((at + 1))
  done
  local COMP_LINE=${COMP_LINE:start} COMP_POINT=$((COMP_POINT - start)) COMP_CWORD=$((COMP_CWORD - at))
  local COMP_WORDS
  COMP_WORDS=("${inner_words[@]:at}")
  if [ "$COMP_CWORD" -le 0 ] || [ "$1" -ge $((${#words[@]} - 1)) ]; then
    _jvault_command_names "$name"
    return
  fi
  spec=$(complete -p -- "$name" 2>/dev/null || complete -p -- "${name##*/}" 2>/dev/null)
  if [ -z "$spec" ]; then
    _jvault_load "${name##*/}"
    spec=$(complete -p -- "$name" 2>/dev/null || complete -p -- "${name##*/}" 2>/dev/null)
  fi
  if [ -z "$spec" ]; then
    _jvault_files
    return
  fi
  # Bash prints the user's own definition, with quotes; the name at its end is left out.
  local -a fields
  spec=${spec% *}
  eval "fields=($spec)"
  for ((at = 1; at < ${#fields[@]}; at++)); do
    option=${fields[at + 1]-}
    case ${fields[at]} in
      -F) func=$option ;;
      -C) program=$option ;;
      -o) compopt -o "$option" 2>/dev/null ;;
    esac
  done
  local current=${COMP_WORDS[COMP_CWORD]-} previous=${COMP_WORDS[COMP_CWORD - 1]-}
  if [ -n "$func" ]; then
    "$func" "$name" "$current" "$previous" 2>/dev/null
  elif [ -n "$program" ]; then
    _jvault_ask "$program" "$name" "$current" "$previous"
  else
    while IFS= read -r option; do COMPREPLY+=("$option"); done \
      < <(eval "compgen ${spec#complete}"' -- "$current"' 2>/dev/null)
  fi
}

# Asks a program that the user has chosen with `complete -C`.
_jvault_ask() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
    export COMP_LINE COMP_POINT COMP_TYPE COMP_KEY
    eval "$1"' "$2" "$3" "$4"' 2>/dev/null
  )
}

_jvault_command_names() {
  local line quoted
  case $1 in
    */*) _jvault_files ;;
    *)
      while IFS= read -r line; do
        _jvault_quote "$line"
        COMPREPLY+=("$quoted")
      done < <(compgen -c -- "$1" 2>/dev/null | sort -u)
      ;;
  esac
}

# Lets bash-completion load the completion of a command.
_jvault_load() {
  if declare -F _comp_load >/dev/null; then
    _comp_load -- "$1"
  elif declare -F __load_completion >/dev/null; then
    __load_completion "$1"
  elif declare -F _completion_loader >/dev/null; then
    _completion_loader "$1"
  fi >/dev/null 2>&1
}

# Leaves the word to readline's own completion of files.
_jvault_files() {
  COMPREPLY=()
  compopt -o default -o bashdefault 2>/dev/null
}

# Adds the candidates to COMPREPLY. Only in a list, and only if nothing is quoted, each is shown with
# what it is: readline would insert that too.
_jvault_reply() {
  local at quoted widest=0 listed=''
  case ${COMP_TYPE-}:$quote:${#names[@]} in 63::1 | 33::1 | 64::1) ;; 63::* | 33::* | 64::*) listed=yes ;; esac
  for ((at = 0; at < ${#names[@]}; at++)); do
    _jvault_quote "${names[at]}"
    COMPREPLY+=("$quoted")
    if [ "${#quoted}" -gt "$widest" ]; then widest=${#quoted}; fi
  done
  [ -n "$listed" ] || return 0
  local room=$((${COLUMNS:-80} - widest - 6))
  [ "$room" -gt 8 ] || return 0
  for ((at = 0; at < ${#names[@]}; at++)); do
    [ -n "${kinds[at]}" ] || continue
    printf -v "COMPREPLY[at]" '%s%*s  (%s)' "${COMPREPLY[at]}" $((widest - ${#COMPREPLY[at]})) '' "${kinds[at]:0:room}"
  done
}

_jvault() {
  local -a words starts names kinds inner_words
  local quote skip line
  COMPREPLY=() names=() kinds=()
  inner_words=("${COMP_WORDS[@]}")
  _jvault_split "${COMP_LINE:0:COMP_POINT}"
  while IFS= read -r line; do
    case $line in
      $'\tcommand '*)
        _jvault_command $((${line##* } + 1))
        return
        ;;
      $'\tnospace') compopt -o nospace 2>/dev/null ;;
      $'\tfiles') _jvault_files ;;
      *)
        names+=("${line%%$'\t'*}")
        kinds+=("${line#*$'\t'}")
        ;;
    esac
  done < <("$_jvault_program" __complete "${words[@]:1}" 2>/dev/null)
  [ ${#names[@]} = 0 ] || _jvault_reply
}

complete -F _jvault jvault
