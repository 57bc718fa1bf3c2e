#!/bin/sh
# Takes @NAME@ away: its jobs and variables, and with --volumes its data and certificates too. Secrets stay in secrets/.
# It ends once every replica has stopped, on whichever client.
# Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
export NOMAD_NAMESPACE=@NAMESPACE@
run() {
    echo "+ $*"
    "$@"
}
# Whether there is a job of exactly this name: nomad takes the beginning of one for it too. JOB
exists() { [ "$(nomad job inspect -t '{{ .ID }}' "$1" 2>/dev/null)" = "$1" ]; }

@VOLUMES_READ@
# Waits until what a command lists is nothing any more. WHAT COMMAND...
gone() {
    what=$1 until=$(($(date +%s) + @TIMEOUT@))
    shift
    waited=
    while :; do
        left=$("$@")
        [ -n "$left" ] || return 0
        if [ "$(date +%s)" -ge "$until" ]; then
            echo "$what isn't gone after @TIMEOUT@ s, as $(echo "$left" | told) still stops: nomad alloc status says why. Run ./destroy.sh again then." >&2
            exit 1
        fi
        [ "$left" = "$waited" ] || echo "waits for $(echo "$left" | told) to stop"
        waited=$left
        sleep 1
    done
}

# The allocations of a job that haven't ended. JOB
allocations() {
    all=$(nomad job allocs -t '{{ range . }}{{ printf "%s %s %s %s %s\n" .ID .JobID .DesiredStatus .NodeName .ClientStatus }}{{ end }}' "$1") || return 1
    echo "$all" | unfinished
}

# The allocations of this deployment that still have a volume, also of a job that is gone. VOLUME
ours() {
    all=$(users "$1") || return 1
    echo "$all" | awk -v jobs=" @JOBS@ " 'NF && index(jobs, " " $2 " ")'
}

# Stops a job; it is forgotten once its last replica has ended, since Nomad could tell nobody about it afterwards. JOB
stop() {
    exists "$1" || return 0
    run nomad job stop "$1"
    gone "$1" allocations "$1"
    run nomad job stop -purge "$1"
}

# Deletes a volume, once those who wrote to it have stopped. ID
delete() {
    until=$(($(date +%s) + @TIMEOUT@))
    echo "+ nomad volume delete -type @VOLUME_TYPE@ $1"
    while ! said=$(nomad volume delete -type @VOLUME_TYPE@ "$1" 2>&1); do
        if [ "$(date +%s)" -ge "$until" ]; then
            echo "$said" >&2
            exit 1
        fi
        sleep 1
    done
    echo "$said"
}

case ${1:-} in
    '' | --volumes) ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
@LOCK@unlock() { release; }

lock
for job in @JOBS@; do
    stop "$job"
done
for volume in @VOLUMES@; do gone "$volume" ours "$volume"; done
for path in @VARIABLES@; do
    if nomad var get -out none "$path" >/dev/null 2>&1; then run nomad var purge "$path"; fi
done
[ "${1:-}" = --volumes ] || exit 0
for volume in @VOLUMES@; do
    volumes=$(ids "$volume")
    for id in $volumes; do delete "$id"; done
done
