# The prompt's segment of jvault for zsh: the profile of this shell, and how long its session can be
# issued without you. Source it at the end of ~/.zshrc. Before each prompt it reads one short file; it
# starts no process, and no JVM.
#
# The segment comes before PROMPT, unless starship draws the prompt. For a prompt of your own,
# `jvault_prompt` prints the text.

# Sets jvault_segment to the text, or to nothing outside of `jvault exec` and `jvault env`.
_jvault_segment() {
  emulate -L zsh
  local name=${JVAULT_PROFILE-} file line end=''
  local -i left
  jvault_segment=''
  [[ -n $name ]] || return 0
  # A name that a terminal would obey is not shown.
  if [[ $name == *[^[:print:]]* ]]; then name=jvault; fi
  jvault_segment=$name
  zmodload -F zsh/datetime p:EPOCHSECONDS b:strftime 2>/dev/null || return 0
  if [[ -n ${AWS_CREDENTIAL_EXPIRATION-} && -n ${AWS_ACCESS_KEY_ID-} ]]; then
    TZ=UTC0 strftime -r -s end '%Y-%m-%dT%H:%M:%SZ' "$AWS_CREDENTIAL_EXPIRATION" 2>/dev/null
  elif [[ $JVAULT_PROFILE != *[^a-zA-Z0-9_-]* ]]; then
    case ${JVAULT_HOME-}:$OSTYPE:${XDG_DATA_HOME-} in
      (/*) file=$JVAULT_HOME/run ;;
      (:darwin*) file="${HOME-}/Library/Application Support/jvault/run" ;;
      (:*:/*) file=$XDG_DATA_HOME/jvault/run ;;
      (*) file=${HOME-}/.local/share/jvault/run ;;
    esac
    file=$file/ready/$JVAULT_PROFILE
    if [[ -O $file && ! -L $file && -r $file ]]; then
      while IFS= read -r line; do
        if [[ $line == 'until '* ]]; then end=${line#until }; break; fi
      done 2>/dev/null <$file
    fi
    # When the session has ended, its file is gone.
    if [[ -n $end && $end != *[^0-9]* && $#end -lt 11 ]]; then
      typeset -g _jvault_seen=$name _jvault_seen_end=$end
    elif [[ ${_jvault_seen-} == $name ]]; then
      end=$_jvault_seen_end
    fi
  fi
  [[ -n $end && $end != *[^0-9]* ]] || return 0
  left=$(( end - EPOCHSECONDS ))
  # A session that renews itself without you has no end.
  if (( left >= 864000 )); then
    return 0
  elif (( left <= 0 )); then
    jvault_segment="$name expired"
  elif (( left < 3600 )); then
    jvault_segment="$name $(( (left + 59) / 60 ))m"
  elif (( left < 36000 )); then
    jvault_segment="$name $(( left / 3600 ))h${(l:2::0:)$(( left % 3600 / 60 ))}m"
  else
    jvault_segment="$name $(( left / 3600 ))h"
  fi
}

jvault_prompt() {
  local jvault_segment
  _jvault_segment
  [[ -z $jvault_segment ]] || print -r -- "$jvault_segment"
}

# Runs before each prompt. A program that sets PROMPT anew each time has removed the segment. The text
# is an element of psvar, which the prompt shows and does not evaluate.
_jvault_prompt_update() {
  local -i code=$?
  local jvault_segment
  _jvault_segment
  psvar[20]=$jvault_segment
  [[ $PROMPT == *'%20v'* ]] || PROMPT='%(20V.(%20v%) .)'$PROMPT
  return code
}

if [[ -o interactive && -z ${STARSHIP_SHELL-} ]]; then
  autoload -Uz add-zsh-hook && add-zsh-hook precmd _jvault_prompt_update
fi
