#!/bin/sh
# Takes @NAME@ away: its jobs and variables, and with --volumes its data and certificates too. Secrets stay in secrets/.
# Made by publishing: change the AppHost, not this file.
set -eu
export NOMAD_NAMESPACE=@NAMESPACE@
run() {
    echo "+ $*"
    "$@"
}
case ${1:-} in
    '' | --volumes) ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
for job in @JOBS@; do
    if nomad job inspect "$job" >/dev/null 2>&1; then run nomad job stop -purge "$job"; fi
done
for path in @VARIABLES@; do
    if nomad var get -out none "$path" >/dev/null 2>&1; then run nomad var purge "$path"; fi
done
[ "${1:-}" = --volumes ] || exit 0
for volume in @VOLUMES@; do
    id=$(nomad volume status -type @VOLUME_TYPE@ | awk -v name="$volume" '$1 == name || $2 == name { print $1 }')
    [ -z "$id" ] || run nomad volume delete -type @VOLUME_TYPE@ "$id"
done
