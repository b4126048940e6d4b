# Completion of supervisorctl's options, actions, and names of processes and groups.

# runs supervisorctl for the supervisord that the command line names
function __supervisorctl_ask
    set -l given
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]
        switch $words[1]
            case -c --configuration -s --serverurl -u --username -p --password
                set -a given $words[1] $words[2]
                set -e words[1]
            case -r --history-file
                set -e words[1]
            case '-*'
            case '*'
                break
        end
        set -e words[1]
    end
    supervisorctl $given $argv 2>/dev/null
end

# the action on the command line, if there is one
function __supervisorctl_action
    set -l words (commandline -opc)
    set -e words[1]
    while set -q words[1]
        switch $words[1]
            case -c --configuration -s --serverurl -u --username -p --password -r --history-file
                set -e words[1]
            case '-*'
            case '*'
                echo $words[1]
                return 0
        end
        set -e words[1]
    end
    return 1
end

function __supervisorctl_acts
    contains -- (__supervisorctl_action) $argv
end

function __supervisorctl_processes
    for line in (__supervisorctl_ask status)
        set -l name (string split -m 1 -f 1 ' ' -- $line)
        echo $name
        string match -q '*:*' -- $name; and echo (string split -f 1 : -- $name):'*'
    end | sort -u
end

function __supervisorctl_groups
    for line in (__supervisorctl_ask avail)
        string split -f 1 : -- (string split -m 1 -f 1 ' ' -- $line)
    end | sort -u
end

complete -c supervisorctl -f
complete -c supervisorctl -s c -l configuration -r -F -d 'configuration file'
complete -c supervisorctl -s h -l help -d 'print usage'
complete -c supervisorctl -s i -l interactive -d 'ask before supervisord ends'
complete -c supervisorctl -s s -l serverurl -x -d 'where supervisord listens'
complete -c supervisorctl -s u -l username -x -d 'name to log in with'
complete -c supervisorctl -s p -l password -x -d 'password to log in with'
complete -c supervisorctl -s r -l history-file -r -F -d 'keep what is typed in this file'

set -l begin 'not __supervisorctl_action >/dev/null'
complete -c supervisorctl -n $begin -a add -d 'make groups active'
complete -c supervisorctl -n $begin -a avail -d 'list configured processes'
complete -c supervisorctl -n $begin -a clear -d 'empty logs'
complete -c supervisorctl -n $begin -a exit -d 'leave the shell'
complete -c supervisorctl -n $begin -a fg -d 'type to a process'
complete -c supervisorctl -n $begin -a help -d 'list the actions'
complete -c supervisorctl -n $begin -a maintail -d "supervisord's own log"
complete -c supervisorctl -n $begin -a open -d 'another supervisord'
complete -c supervisorctl -n $begin -a pid -d 'process ids'
complete -c supervisorctl -n $begin -a quit -d 'leave the shell'
complete -c supervisorctl -n $begin -a reload -d 'restart supervisord'
complete -c supervisorctl -n $begin -a remove -d 'make groups inactive'
complete -c supervisorctl -n $begin -a reread -d 'what changed in the configuration'
complete -c supervisorctl -n $begin -a restart -d 'stop and start'
complete -c supervisorctl -n $begin -a shutdown -d 'end supervisord'
complete -c supervisorctl -n $begin -a signal -d 'send a signal'
complete -c supervisorctl -n $begin -a start -d 'start processes'
complete -c supervisorctl -n $begin -a status -d 'how processes are'
complete -c supervisorctl -n $begin -a stop -d 'stop processes'
complete -c supervisorctl -n $begin -a tail -d 'log of a process'
complete -c supervisorctl -n $begin -a update -d 'apply the configuration'
complete -c supervisorctl -n $begin -a version -d 'of supervisord'

complete -c supervisorctl -n '__supervisorctl_acts help' -a 'add avail clear exit fg maintail open pid quit reload remove reread restart shutdown signal start status stop tail update version'
complete -c supervisorctl -n '__supervisorctl_acts clear fg pid restart signal start status stop tail' -a '(__supervisorctl_processes)'
complete -c supervisorctl -n '__supervisorctl_acts clear pid restart signal start status stop update' -a all
complete -c supervisorctl -n '__supervisorctl_acts add remove update' -a '(__supervisorctl_groups)'
complete -c supervisorctl -n '__supervisorctl_acts tail maintail' -s f -d 'what is added, until Ctrl-C'
complete -c supervisorctl -n '__supervisorctl_acts tail' -a 'stdout stderr'
complete -c supervisorctl -n '__supervisorctl_acts start stop restart' -l timeout -x -d 'seconds to wait'
complete -c supervisorctl -n '__supervisorctl_acts status' -l json -d 'all details'
complete -c supervisorctl -n '__supervisorctl_acts signal' -a 'HUP INT QUIT KILL USR1 USR2 TERM CONT STOP'
