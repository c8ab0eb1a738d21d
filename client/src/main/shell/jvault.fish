# Completion of jvault for fish. `jvault __complete` knows what can be typed; it starts no JVM. No word
# of the command line and no name from a config file is evaluated here.

set -g __jvault_program (string replace -r '/share/.*' '' -- (status filename))/bin/jvault
test -x "$__jvault_program"; or set -g __jvault_program jvault

function __jvault_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l asked ''
    # fish itself compares the candidates with what is typed; only options need to be known.
    string match -q -- '-*' "$current"; and set asked "$current"
    set -e words[1]
    for line in ($__jvault_program __complete $words "$asked" 2>/dev/null)
        switch "$line"
            case ''
            case \t'command *'
                set -l at (string replace -r '.* ' '' -- "$line")
                while test $at -gt 0
                    set -e words[1]
                    set at (math $at - 1)
                end
                complete -C (string join ' ' -- (string escape -- $words) "$current")
                return
            case \tnospace
            case \tfiles
                __fish_complete_path "$current"
            case '*'
                printf '%s\n' "$line"
        end
    end
end

complete -c jvault -f -k -a '(__jvault_complete)'
