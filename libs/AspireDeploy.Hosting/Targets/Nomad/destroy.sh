#!/bin/sh
# Takes @NAME@ away: its jobs and variables, and with --volumes its data and certificates too. Secrets stay in secrets/.
# Made by publishing: change the AppHost, not this file.
set -eu
export NOMAD_NAMESPACE=@NAMESPACE@
run() {
    echo "+ $*"
    "$@"
}
# Whether there is a job of exactly this name: nomad takes the beginning of one for it too. JOB
exists() { [ "$(nomad job inspect -t '{{ .ID }}' "$1" 2>/dev/null)" = "$1" ]; }

# Deletes a volume, once those who wrote to it have stopped. ID
delete() {
    until=$(($(date +%s) + @PATIENCE@))
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
for job in @JOBS@; do
    if exists "$job"; then run nomad job stop -purge "$job"; fi
done
for path in @VARIABLES@; do
    if nomad var get -out none "$path" >/dev/null 2>&1; then run nomad var purge "$path"; fi
done
[ "${1:-}" = --volumes ] || exit 0
for volume in @VOLUMES@; do
    id=$(nomad volume status -type @VOLUME_TYPE@ | awk -v name="$volume" '$1 == name || $2 == name { print $1 }')
    [ -z "$id" ] || delete "$id"
done
