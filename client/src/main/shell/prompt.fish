# The prompt's segment of jvault for fish: the profile of this shell, and how long its session can be
# issued without you. Source it at the end of config.fish. Before each prompt it reads one short file
# and starts `date`, and no JVM.
#
# The segment comes before the prompt of fish_prompt, unless starship draws it. For a prompt of your
# own, `jvault_prompt` prints the text.

function jvault_prompt
    set -q JVAULT_PROFILE; and test -n "$JVAULT_PROFILE"; or return 0
    set -l name $JVAULT_PROFILE
    # A name that a terminal would obey is not shown.
    string match -qr '[[:cntrl:]\p{Cf}\p{Zl}\p{Zp}]' -- "$name"; and set name jvault
    set -l end
    set -l time (string match -r '^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$' -- "$AWS_CREDENTIAL_EXPIRATION")
    if test -n "$AWS_ACCESS_KEY_ID"; and test (count $time) = 7
        set -l year $time[2]
        set -l month $time[3]
        # Years begin in March, so that a leap day is the last one.
        if test $month -le 2
            set year (math $year - 1)
            set month (math $month + 12)
        end
        set -l days (math "$year * 365 + floor($year / 4) - floor($year / 100) + floor($year / 400) + floor((153 * $month - 457) / 5) + $time[4] - 719469")
        set end (math "$days * 86400 + $time[5] * 3600 + $time[6] * 60 + $time[7]")
    else if string match -qr '^[a-zA-Z0-9_-]+$' -- "$JVAULT_PROFILE"
        set -l file $HOME/.local/share/jvault/run
        if string match -q -- '/*' "$JVAULT_HOME"
            set file $JVAULT_HOME/run
        else if test -d "$HOME/Library/Application Support/jvault"
            set file "$HOME/Library/Application Support/jvault/run"
        else if string match -q -- '/*' "$XDG_DATA_HOME"
            set file $XDG_DATA_HOME/jvault/run
        end
        set file $file/ready/$JVAULT_PROFILE
        if test -O "$file"; and not test -L "$file"; and test -r "$file"
            while read -l line
                if string match -qr '^until \d{1,10}$' -- "$line"
                    set end (string sub -s 7 -- "$line")
                    break
                end
            end <"$file" 2>/dev/null
        end
        # When the session has ended, its file is gone.
        if test -n "$end"
            set -g __jvault_seen $name
            set -g __jvault_seen_end $end
        else if test "$__jvault_seen" = "$name"
            set end $__jvault_seen_end
        end
    end
    set -l left
    if test -n "$end"
        set left (math "$end - "(date +%s))
    end
    # A session that renews itself without you has no end.
    if test -z "$left"; or test "$left" -ge 864000
        printf '%s\n' "$name"
    else if test "$left" -le 0
        printf '%s\n' "$name expired"
    else if test "$left" -lt 3600
        printf '%s\n' "$name "(math "floor(($left + 59) / 60)")m
    else if test "$left" -lt 36000
        printf '%s %dh%02dm\n' "$name" (math "floor($left / 3600)") (math "floor($left % 3600 / 60)")
    else
        printf '%s\n' "$name "(math "floor($left / 3600)")h
    end
end

function __jvault_status
    return $argv[1]
end

if status is-interactive; and not set -q STARSHIP_SHELL; and not functions -q __jvault_fish_prompt
    functions -q fish_prompt; or function fish_prompt
        printf '> '
    end
    functions -c fish_prompt __jvault_fish_prompt
    function fish_prompt
        set -l code $status
        set -l segment (jvault_prompt)
        test -n "$segment"; and printf '(%s) ' "$segment"
        __jvault_status $code
        __jvault_fish_prompt
    end
end
