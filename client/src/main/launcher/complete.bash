# shellcheck shell=bash
# shellcheck disable=SC2154 # the launcher sets the variables that are only read here
# Answers `jvault __complete WORD…` for the completions of bash, zsh and fish, without a JVM. The
# words are those after `jvault` up to the cursor, without their quotes; the last one may be empty.
#
# It prints one candidate a line, then a tab and what it is. A line that begins with a tab is an order
# for the shell: `command N` (complete the command that begins at word N, counted from 0), `nospace`,
# `files`. Nothing is evaluated, and nothing is said about what cannot be read.
# Runs on bash 3.2; the rules at the head of the launcher hold here too.

exec 2>/dev/null
# Bytes are compared, whatever the caller's locale.
LC_ALL=C
jv_tab=$'\t'
jv_output='' jv_before='' jv_after=''

# jv_offer WORD WHAT: offers a word if it begins as the current one does.
jv_offer() {
  case $1 in "$jv_current"*) jv_output+=$jv_before$1$jv_after$jv_tab$2$'\n' ;; esac
}

# jv_offer_lines FILE: offers the lines of a file, each a word, a tab, and what it is.
jv_offer_lines() {
  [[ -r $1 ]] || return 0
  jv_read_lines "$1"
  for jv_line in "${jv_lines[@]}"; do jv_offer "${jv_line%%"$jv_tab"*}" "${jv_line#*"$jv_tab"}"; done
}

# Sets jv_prepared to a file of the daemon's, if there is one: jv_find_prepared NAME.
jv_find_prepared() {
  # The daemon's runtime folder, by the same rules as in the launcher.
  case ${JVAULT_HOME-}:$OSTYPE:${XDG_DATA_HOME-} in
    /*) jv_run=$JVAULT_HOME/run ;;
    :darwin*) jv_run="${HOME-}/Library/Application Support/jvault/run" ;;
    :*:/*) jv_run=$XDG_DATA_HOME/jvault/run ;;
    :*) jv_run=${HOME-}/.local/share/jvault/run ;;
    *) jv_run=$PWD/$JVAULT_HOME/run ;;
  esac
  jv_prepared=$jv_run/completion/$1
  [[ -f $jv_prepared && -O $jv_prepared && ! -L $jv_prepared && -O $jv_run && ! -L $jv_run ]]
}

# Sets jv_config and jv_credentials, as ConfigFiles does in Java. A copy that `exec` made lies in the
# runtime folder and stands for the original.
jv_find_config() {
  jv_config=${AWS_CONFIG_FILE:-${HOME-}/.aws/config}
  case $jv_config in "$jv_run"/*) jv_config=${JVAULT_CONFIG_FILE:-$jv_config} ;; esac
  jv_credentials=${AWS_SHARED_CREDENTIALS_FILE:-${HOME-}/.aws/credentials}
  case $jv_credentials in
    "$jv_run"/*) jv_credentials=${JVAULT_SHARED_CREDENTIALS_FILE:-$jv_credentials} ;;
  esac
  # shellcheck disable=SC2088 # the tilde of a variable's value, which no shell has expanded
  case $jv_config in '~/'*) jv_config=${HOME-}/${jv_config#??} ;; /*) ;; *) jv_config=$PWD/$jv_config ;; esac
  # shellcheck disable=SC2088 # the same
  case $jv_credentials in
    '~/'*) jv_credentials=${HOME-}/${jv_credentials#??} ;;
    /*) ;;
    *) jv_credentials=$PWD/$jv_credentials ;;
  esac
}

# Offers what the daemon prepared of a kind, `profile` or `session`. Fails if its file is missing, is
# of other config files or is not newer than they are.
jv_offer_prepared() {
  jv_find_prepared profiles || { jv_find_config && return 1; }
  jv_find_config
  [[ $jv_prepared -nt $jv_config && $jv_prepared -nt $jv_credentials ]] || return 1
  jv_read_lines "$jv_prepared"
  jv_key=''
  for jv_line in "${jv_lines[@]}"; do
    case $jv_line in
      'jvault-completion 1') jv_key+=1 ;;
      "config - $jv_config") [[ ! -e $jv_config ]] && jv_key+=2 ;;
      "config + $jv_config") [[ -e $jv_config ]] && jv_key+=2 ;;
      "credentials - $jv_credentials") [[ ! -e $jv_credentials ]] && jv_key+=3 ;;
      "credentials + $jv_credentials") [[ -e $jv_credentials ]] && jv_key+=3 ;;
      "$1 "*)
        [[ $jv_key == 123 ]] || return 1
        jv_line=${jv_line#* }
        jv_offer "${jv_line%%"$jv_tab"*}" "${jv_line#*"$jv_tab"}"
        ;;
    esac
  done
  [[ $jv_key == 123 ]]
}

# Removes the blanks around jv_line.
jv_trim() {
  while :; do
    case $jv_line in [\ $jv_tab]*) jv_line=${jv_line#?} ;; *[\ $jv_tab]) jv_line=${jv_line%?} ;; *) break ;; esac
  done
}

# Offers the names in the headers of a config file: jv_offer_headers FILE KIND, where KIND is profile,
# session or credentials. It knows the usual headers; the daemon knows all.
jv_offer_headers() {
  [[ -f $1 && -r $1 ]] || return 0
  jv_read_lines "$1"
  for jv_line in "${jv_lines[@]}"; do
    # The bracket that closes is followed by the end, a blank or a comment.
    case $jv_line in '['*']' | '['*'] '* | '['*"]$jv_tab"* | '['*']#'* | '['*'];'*) ;; *) continue ;; esac
    jv_line=${jv_line#[}
    case ${jv_line#*]} in [!\ $jv_tab\#\;]*) continue ;; esac
    jv_line=${jv_line%%]*}
    jv_trim
    case $2:$jv_line in
      credentials:*) jv_what='in the credentials file' ;;
      profile:default) jv_what='profile' ;;
      profile:profile[\ $jv_tab]*) jv_line=${jv_line#profile} jv_what='profile' ;;
      session:sso-session[\ $jv_tab]*) jv_line=${jv_line#sso-session} jv_what='SSO session' ;;
      *) continue ;;
    esac
    jv_trim
    case $jv_line in
      '"'*'"') jv_line=${jv_line#?} jv_line=${jv_line%?} ;;
      "'"*"'") jv_line=${jv_line#?} jv_line=${jv_line%?} ;;
    esac
    # Not what a terminal obeys or hides: control characters, changes of direction, invisible ones.
    case $jv_line in
      '' | *[[:cntrl:]]* | *$'\xc2'[$'\x80'-$'\x9f'$'\xad']* | *$'\xe2\x80'[$'\x8b'-$'\x8f'$'\xa8'-$'\xae']* | \
        *$'\xe2\x81'[$'\xa0'-$'\xaf']* | *$'\xef\xbb\xbf'*) continue ;;
    esac
    jv_offer "$jv_line" "$jv_what"
  done
}

jv_offer_profiles() {
  jv_offer_prepared profile && return
  jv_offer_headers "$jv_config" profile
  jv_offer_headers "$jv_credentials" credentials
}

# Offers the words that may stand for a placeholder, or for one of several, as in NAME|TARGET.
jv_offer_words() {
  case "|$1|" in
    *'|NAME|'* | *'|PROFILE|'* | *'|P|'*) jv_offer_profiles ;;
    *'|SESSION|'*) jv_offer_prepared session || jv_offer_headers "$jv_config" session ;;
    *'|ID|'*) if jv_find_prepared grants; then jv_offer_lines "$jv_prepared"; fi ;;
    *'|VERB|'*) jv_offer_lines "$jv_data/verbs.txt" ;;
    *'|FILE|'* | *'|FOLDER|'* | *'|PATH|'*) jv_output+=${jv_tab}files$'\n' ;;
    *'='*)
      # NAME=PORT: the name first, and then no blank.
      case $jv_current in *=*) return ;; esac
      jv_after='='
      jv_offer_profiles
      jv_output=${jv_tab}nospace$'\n'$jv_output
      ;;
  esac
  for jv_line in ${jv_words[@]+"${jv_words[@]}"}; do
    case "|$1|" in *"|${jv_line%%"$jv_tab"*}|"*) ;; *) continue ;; esac
    jv_line=${jv_line#*"$jv_tab"}
    jv_offer "${jv_line%%"$jv_tab"*}" "${jv_line#*"$jv_tab"}"
  done
}

# Sorts a verb's file into jv_options, jv_ways and jv_words.
jv_read_verb() {
  jv_options=() jv_ways=() jv_words=()
  jv_read_lines "$1"
  for jv_line in "${jv_lines[@]}"; do
    case $jv_line in
      option*) jv_options+=("${jv_line#*"$jv_tab"}") ;;
      way*) jv_ways+=("${jv_line#*"$jv_tab"}") ;;
      word*) jv_words+=("${jv_line#*"$jv_tab"}") ;;
    esac
  done
}

# Sets jv_value to the placeholder of the value that follows an option, or to nothing.
jv_value_after() {
  jv_value=''
  case $1 in
    --*) jv_key=$1 ;;
    # In -nd, the value of d follows.
    *) jv_key=-${1#"${1%?}"} ;;
  esac
  for jv_line in "${jv_options[@]}"; do
    case $jv_line in
      "$jv_key$jv_tab"* | *"$jv_tab$jv_key$jv_tab"*"$jv_tab"*)
        jv_line=${jv_line#*"$jv_tab"} jv_line=${jv_line#*"$jv_tab"}
        jv_value=${jv_line%%"$jv_tab"*}
        [[ $jv_value != - ]] || jv_value=''
        return
        ;;
    esac
  done
}

jv_offer_options() {
  for jv_line in "${jv_options[@]}"; do
    jv_key=${jv_line%%"$jv_tab"*}
    # One that was given already is offered again only if it may be repeated.
    case " ${jv_given[*]-} " in
      *" $jv_key "*) [[ $jv_line == *"(may be repeated)"* ]] || continue ;;
    esac
    jv_offer "$jv_key" "${jv_line##*"$jv_tab"}"
  done
}

# Offers the jobs of the verb, or the words at their place among those that have been given.
jv_offer_place() {
  jv_place=${#jv_given_words[@]}
  for jv_way in "${jv_ways[@]}"; do
    jv_job=${jv_way%%"$jv_tab"*}
    jv_places=${jv_way#*"$jv_tab"}
    jv_at=$jv_place
    if [[ $jv_job != - ]]; then
      if [[ $jv_place == 0 ]]; then
        jv_offer "$jv_job" "${jv_places#-}"
        continue
      fi
      [[ ${jv_given_words[0]} == "$jv_job" ]] || continue
      jv_at=$((jv_place - 1))
    fi
    [[ $jv_places != - ]] || continue
    # shellcheck disable=SC2206 # split at blanks on purpose; no placeholder is a pattern
    jv_fields=($jv_places)
    jv_last=${jv_fields[${#jv_fields[@]} - 1]}
    if [ "$jv_at" -lt "${#jv_fields[@]}" ]; then
      jv_offer_words "${jv_fields[jv_at]%…}"
    elif [[ $jv_last == *… ]]; then
      jv_offer_words "${jv_last%…}"
    fi
  done
}

# jv_complete VERB WORD…, where the last word is the current one.
jv_complete() {
  jv_verb=$1
  case $jv_verb in '' | *[!a-z-]*) return ;; esac
  [[ -r $jv_data/$jv_verb ]] || return
  jv_read_verb "$jv_data/$jv_verb"
  jv_given=() jv_given_words=() jv_value='' jv_ended='' jv_index=0 jv_command=''
  for jv_word in "${@:2:$#-2}"; do
    jv_index=$((jv_index + 1))
    if [[ -n $jv_value ]]; then
      jv_value=''
      continue
    fi
    case $jv_ended$jv_word in
      --)
        jv_ended=1
        if [[ $jv_verb == exec ]]; then
          jv_command=1
          break
        fi
        ;;
      --*=*) jv_given+=("${jv_word%%=*}") ;;
      -?*)
        jv_value_after "$jv_word"
        jv_given+=("$jv_word")
        ;;
      *)
        if [[ $jv_verb == exec && ${#jv_given_words[@]} != 0 ]]; then
          jv_output=${jv_tab}command\ $jv_index$'\n'
          return
        fi
        jv_given_words+=("$jv_word")
        ;;
    esac
  done
  if [[ -n $jv_command ]]; then
    jv_output=${jv_tab}command\ $((jv_index + 1))$'\n'
  else
    jv_complete_current
  fi
}

jv_complete_current() {
  if [[ -n $jv_value ]]; then
    jv_offer_words "$jv_value"
    return
  fi
  case $jv_ended$jv_current in
    --*=*)
      jv_value_after "${jv_current%%=*}"
      jv_before=${jv_current%%=*}=
      jv_current=${jv_current#*=}
      [[ -z $jv_value ]] || jv_offer_words "$jv_value"
      ;;
    -*) jv_offer_options ;;
    *)
      if [[ $jv_verb == exec && ${#jv_given_words[@]} != 0 ]]; then
        jv_output=${jv_tab}command\ $((jv_index + 1))$'\n'
      else
        jv_offer_place
      fi
      ;;
  esac
}

jv_data=$jv_lib/completion
jv_current=${*:$#}
set -f
case $#:$jv_current in
  0:*) ;;
  1:-*)
    jv_offer --help 'list the verbs'
    jv_offer --version 'print the version'
    ;;
  1:*) jv_offer_lines "$jv_data/verbs.txt" ;;
  *) jv_complete "$@" ;;
esac
printf %s "$jv_output"
exit 0
