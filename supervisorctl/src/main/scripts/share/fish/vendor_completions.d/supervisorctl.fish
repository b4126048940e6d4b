# Completion of supervisorctl's options, actions, and names of processes and groups.

function __supervisorctl_given
    # what stands before the action tells which supervisord to ask
    set -l words (commandline -opc)
    set -l i 2
    while test $i -lt (count $words)
        switch $words[$i]
            case -c -s -u -p --configuration --serverurl --username --password
                echo -- $words[$i]
                echo -- $words[(math $i + 1)]
                set i (math $i + 2)
            case '-*'
                set i (math $i + 1)
            case '*'
                return
        end
    end
end

function __supervisorctl_processes
    command supervisorctl (__supervisorctl_given) status 2>/dev/null | while read -l name rest
        echo $name
        string match -q '*:*' -- $name; and string replace -r ':.*' ':*' -- $name
    end | sort -u
end

function __supervisorctl_groups
    command supervisorctl (__supervisorctl_given) avail 2>/dev/null | string replace -r '[: ].*' '' | sort -u
end

set -l actions add avail clear describe events exit fg graph help logs maintail open pid quit reload remove reread restart roll shutdown signal start status stop tail top update version wait
set -l none "not __fish_seen_subcommand_from $actions"

complete -c supervisorctl -f
complete -c supervisorctl -n $none -s c -l configuration -r -F -d 'configuration file'
complete -c supervisorctl -n $none -s h -l help -d 'print usage'
complete -c supervisorctl -n $none -s i -l interactive -d 'ask before supervisord ends'
complete -c supervisorctl -n $none -s s -l serverurl -x -d 'where supervisord listens'
complete -c supervisorctl -n $none -s u -l username -x -d 'name to log in with'
complete -c supervisorctl -n $none -s p -l password -x -d 'password to log in with'
complete -c supervisorctl -n $none -s r -l history-file -r -F -d 'keep what is typed in this file'
complete -c supervisorctl -n $none -l color -x -a 'never auto always' -d 'whether there are colours'
complete -c supervisorctl -n $none -a "$actions"
complete -c supervisorctl -n '__fish_seen_subcommand_from help' -a "$actions"
complete -c supervisorctl -n '__fish_seen_subcommand_from add remove update' -a '(__supervisorctl_groups)'
complete -c supervisorctl -n '__fish_seen_subcommand_from clear describe fg logs pid restart roll signal start status stop tail wait' -a '(__supervisorctl_processes)'
complete -c supervisorctl -n '__fish_seen_subcommand_from clear logs pid restart roll signal start status stop update wait' -a all
complete -c supervisorctl -n '__fish_seen_subcommand_from status' -l json
complete -c supervisorctl -n '__fish_seen_subcommand_from start stop restart roll wait' -l timeout -x
complete -c supervisorctl -n '__fish_seen_subcommand_from tail' -a 'stdout stderr'
complete -c supervisorctl -n '__fish_seen_subcommand_from tail maintail logs events' -s f
complete -c supervisorctl -n '__fish_seen_subcommand_from logs' -l since -x
complete -c supervisorctl -n '__fish_seen_subcommand_from logs' -s n -l lines -x
complete -c supervisorctl -n '__fish_seen_subcommand_from logs' -l stdout
complete -c supervisorctl -n '__fish_seen_subcommand_from logs' -l stderr
complete -c supervisorctl -n '__fish_seen_subcommand_from events' -l json
complete -c supervisorctl -n '__fish_seen_subcommand_from events' -a 'PROCESS_STATE PROCESS_GROUP SUPERVISOR_STATE_CHANGE REMOTE_COMMUNICATION TICK'
complete -c supervisorctl -n '__fish_seen_subcommand_from wait' -l for -x -a 'ready running exited'
complete -c supervisorctl -n '__fish_seen_subcommand_from top' -s d -x
complete -c supervisorctl -n '__fish_seen_subcommand_from signal' -a 'HUP INT QUIT KILL USR1 USR2 TERM CONT STOP'
complete -c supervisorctl -n '__fish_seen_subcommand_from roll' -l batch -x
complete -c supervisorctl -n '__fish_seen_subcommand_from start' -l no-deps
complete -c supervisorctl -n '__fish_seen_subcommand_from stop' -l with-dependents
complete -c supervisorctl -n '__fish_seen_subcommand_from update' -l plan
complete -c supervisorctl -n '__fish_seen_subcommand_from update' -l only-changed
complete -c supervisorctl -n '__fish_seen_subcommand_from graph' -l dot
