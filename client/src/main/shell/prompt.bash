# shellcheck shell=bash
# The prompt's segment of jvault for bash 3.2 and newer: the profile of this shell, and how long its
# session can be issued without you. Source it at the end of ~/.bashrc. Before each prompt it reads one
# short file; it starts no process, and no JVM (bash 4.1 and older start `date`).
#
# The segment comes before PS1, unless starship draws the prompt. For a prompt of your own,
# `jvault_prompt` prints the text, and jvault_segment holds it after `_jvault_segment`.

# Sets jvault_segment to the text, or to nothing outside of `jvault exec` and `jvault env`.
_jvault_segment() {
  local name=${JVAULT_PROFILE-} file until='' now='' left line
  jvault_segment=''
  [ -n "$name" ] || return 0
  # A name that a terminal would obey is not shown.
  case $name in *[![:print:]]*) name=jvault ;; esac
  jvault_segment=$name
  if [ -n "${AWS_CREDENTIAL_EXPIRATION-}" ] && [ -n "${AWS_ACCESS_KEY_ID-}" ]; then
    _jvault_until_of "$AWS_CREDENTIAL_EXPIRATION"
  else
    case $JVAULT_PROFILE in *[!a-zA-Z0-9_-]*) return 0 ;; esac
    case ${JVAULT_HOME-}:$OSTYPE:${XDG_DATA_HOME-} in
      /*) file=$JVAULT_HOME/run ;;
      :darwin*) file="${HOME-}/Library/Application Support/jvault/run" ;;
      :*:/*) file=$XDG_DATA_HOME/jvault/run ;;
      *) file=${HOME-}/.local/share/jvault/run ;;
    esac
    file=$file/ready/$JVAULT_PROFILE
    if [ -O "$file" ] && [ ! -L "$file" ]; then
      while IFS= read -r line; do
        case $line in
          'until '*)
            until=${line#until }
            break
            ;;
        esac
      done 2>/dev/null <"$file"
    fi
    # When the session has ended, its file is gone.
    case $until in
      '' | *[!0-9]* | ???????????*) if [ "${_jvault_seen-}" = "$name" ]; then until=${_jvault_seen_until-}; fi ;;
      *) _jvault_seen=$name _jvault_seen_until=$until ;;
    esac
  fi
  case $until in '' | *[!0-9]*) return 0 ;; esac
  if [ -n "${EPOCHSECONDS-}" ]; then
    now=$EPOCHSECONDS
  else
    { printf -v now '%(%s)T' -1; } 2>/dev/null || now=$(date +%s)
  fi
  left=$((until - now))
  # A session that renews itself without you has no end.
  [ "$left" -lt 864000 ] || return 0
  if [ "$left" -le 0 ]; then
    jvault_segment="$name expired"
  elif [ "$left" -lt 3600 ]; then
    jvault_segment="$name $(((left + 59) / 60))m"
  elif [ "$left" -lt 36000 ]; then
    printf -v jvault_segment '%s %dh%02dm' "$name" $((left / 3600)) $((left % 3600 / 60))
  else
    jvault_segment="$name $((left / 3600))h"
  fi
}

# Sets until to a time such as 2026-11-28T16:00:00Z in seconds since 1970.
_jvault_until_of() {
  local year month day era
  case $1 in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z) ;;
    *) return 0 ;;
  esac
  # 10# because of the zeros in front. Years begin in March, so that a leap day is the last one.
  year=$((10#${1:0:4})) month=$((10#${1:5:2})) day=$((10#${1:8:2}))
  [ "$month" -gt 2 ] || year=$((year - 1)) month=$((month + 12))
  era=$((year * 365 + year / 4 - year / 100 + year / 400 + (153 * month - 457) / 5 + day - 719469))
  until=$((era * 86400 + 10#${1:11:2} * 3600 + 10#${1:14:2} * 60 + 10#${1:17:2}))
}

jvault_prompt() {
  local jvault_segment
  _jvault_segment
  [ -z "$jvault_segment" ] || printf '%s\n' "$jvault_segment"
}

# Runs before each prompt. A program that sets PS1 anew each time has removed the segment.
_jvault_prompt_update() {
  local status=$? jvault_segment
  _jvault_segment
  _jvault_prompt=${jvault_segment:+($jvault_segment) }
  # The prompt shows the variable's value and does not evaluate it.
  # shellcheck disable=SC2016
  case ${PS1-} in
    *'${_jvault_prompt}'*) ;;
    *) if shopt -q promptvars; then PS1='${_jvault_prompt}'${PS1-}; fi ;;
  esac
  return "$status"
}

# shellcheck disable=SC2128,SC2178 # an array in bash 5.1 and newer only
case $-:${STARSHIP_SHELL-}:${PROMPT_COMMAND[*]-} in
  *i*::*_jvault_prompt_update*) ;;
  *i*::*)
    _jvault_prompt=''
    case $(declare -p PROMPT_COMMAND 2>/dev/null) in
      'declare -a'*) PROMPT_COMMAND+=(_jvault_prompt_update) ;;
      *) PROMPT_COMMAND=${PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}_jvault_prompt_update ;;
    esac
    ;;
esac
