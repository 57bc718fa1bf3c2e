# Lets one script at a time change what this folder deploys: two would take each other's replicas away. In .deploying each that has the lock stands behind the one before, by a name that
# only one can make: of several who find it left behind by a process that was killed, one takes it.

# When a process began, by which it isn't a later one of the same number; nothing where there is none. PROCESS
begun() {
    if [ -r /proc/self/stat ]; then
        sed -e 's/.*) //' -e '/^[ZX]/d' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20
    else
        LC_ALL=C TZ=UTC0 ps -o lstart= -p "$1" 2>/dev/null | tr -cs 'A-Za-z0-9\n' '-'
    fi
}

# Finds who has the lock: the last, behind whom nobody stands.
holder() {
    owner=first process='' machine='' script=''
    while read -r next by on what 2>/dev/null <".deploying/after.$owner"; do owner=$next process=$by machine=$on script=$what; done
}

# Whether it still runs; of another machine nobody here knows.
runs_still() { [ -n "$process" ] && { [ "$machine" != "$here" ] || [ "$owner" = "$process.$(begun "$process").$boot" ]; }; }

# Takes the lock, or says who has it and ends the script. It ends with unlock from then on.
lock() {
    boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || :)
    here=$(uname -n)
    me=$$.$(begun $$).$boot
    tries=0
    while :; do
        holder
        # A script that this one is a part of may have it. This one stands behind it all the same: killed alone, that one isn't all that runs.
        part_of=
        [ "$owner" != "${ASPIREDEPLOY_LOCK:-none}" ] || part_of=$owner
        if [ -z "$part_of" ] && runs_still || [ "$tries" -gt 100 ]; then
            other=" (process $process)"
            [ "$machine" = "$here" ] || other=" (process $process on $machine)"
            echo "${script:-deploy.sh} runs in this folder already${process:+$other}: wait until it has ended. If it has, remove $PWD/.deploying." >&2
            exit 1
        fi
        tries=$((tries + 1))
        # Whoever had it may have taken the folder away since.
        (umask 077 && mkdir .deploying) 2>/dev/null || :
        if ! (umask 077 && echo "$me $$ $here ${0##*/}" >.deploying/new.$$) 2>/dev/null; then
            [ "$tries" -lt 10 ] || { echo "This folder can't be written: $PWD." >&2; exit 1; }
            continue
        fi
        ln .deploying/new.$$ ".deploying/after.$owner" 2>/dev/null || {
            # Where a file system knows no links.
            [ -e ".deploying/after.$owner" ] || (umask 077 && set -C && cat .deploying/new.$$ >".deploying/after.$owner") 2>/dev/null || :
        }
        rm -f .deploying/new.$$
        before=$owner
        holder
        [ "$owner" != "$me" ] || break
        # Meanwhile it was given back, and another has it: behind that one this isn't.
        if read -r next by 2>/dev/null <".deploying/after.$before" && [ "$next" = "$me" ]; then rm -f ".deploying/after.$before"; fi
    done
    chmod 700 .deploying
    trap 'unlock' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

# Gives the lock back, all at once, if it is this script's: to the one that this is a part of, if there is one. Half-started replicas that are noted there are for the next to take away.
release() {
    holder
    [ "$owner" = "${me:-none}" ] || return 0
    if [ -n "${part_of-}" ]; then
        rm -f ".deploying/after.$part_of" || :
        return 0
    fi
    [ ! -s .deploying/rolling ] || return 0
    { rm -rf .deploying.* && mv .deploying ".deploying.$$" && rm -rf ".deploying.$$"; } || :
}

