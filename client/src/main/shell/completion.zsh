# Source this file from ~/.zshrc if zsh does not find the completion of jvault by itself. It does
# nothing in a shell that is not interactive.
if [[ -o interactive ]]; then
  () {
    local folder=${1:A:h:h}/zsh/site-functions
    [[ -r $folder/_jvault ]] || return 0
    if (( ! ${fpath[(Ie)$folder]} )); then fpath=("$folder" $fpath); fi
    if (( $+functions[compdef] )); then
      autoload -Uz _jvault && compdef _jvault jvault
    else
      autoload -Uz compinit && compinit -i
    fi
  } "${(%):-%x}" 2>/dev/null
fi
