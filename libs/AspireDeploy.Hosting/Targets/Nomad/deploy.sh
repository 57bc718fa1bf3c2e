#!/bin/sh
# Deploys @NAME@ @VERSION@ to the Nomad that NOMAD_ADDR names: makes volumes and variables, runs the steps, and then the services in their order. A service's new version
# runs beside the old until it is healthy; if it isn't, Nomad goes back by itself. Run again, it changes nothing.
#   --check     only finds out whether Nomad answers
#   --dry-run   only shows what would change
# Made by publishing: change the AppHost, not this file.
set -eu
cd "$(dirname "$0")"
began=$(date +%s)
export NOMAD_NAMESPACE=@NAMESPACE@

mode=${1:-}
case $mode in
    '' | --check | --dry-run) ;;
    *) echo "usage: ./deploy.sh [--check | --dry-run]" >&2; exit 2 ;;
esac

say() { printf '%4ds  %s\n' "$(($(date +%s) - began))" "$1"; }

# Prints a command, then runs it. COMMAND...
run() {
    say "$*"
    "$@"
}

# Ends the deployment if a setting isn't set. NAME
required() {
    [ -n "$(sed -n "s/^$1=//p" settings.env | tail -n 1)" ] || { echo "$1 isn't set: set it in settings.env." >&2; exit 1; }
}

# Makes a volume that isn't there yet. NAME FILE
volume() {
    nomad volume status -type @VOLUME_TYPE@ | awk -v name="$1" '$1 == name || $2 == name { found = 1 } END { exit !found }' || run nomad volume create "$2"
}

# A text from the standard input as JSON's.
json() { sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$tab/\\\\t/g" -e "s/$return/\\\\r/g" | awk 'NR > 1 { printf "\\n" } { printf "%s", $0 }'; }
tab=$(printf '\t') return=$(printf '\r')

# Puts a job's secrets and settings into its variable, by the standard input, so that no process list shows one. PATH [secret KEY FILE | setting KEY NAME]...
values() {
    path=$1
    shift
    say "nomad var put -force -in json $path -"
    {
        printf '{"Items":{'
        comma=
        while [ $# -gt 2 ]; do
            printf '%s"%s":"' "$comma" "$2"
            if [ "$1" = secret ]; then json <"secrets/$3"; else sed -n "s/^$3=//p" settings.env | tail -n 1 | json; fi
            printf '"'
            comma=,
            shift 3
        done
        printf '}}'
    } | nomad var put -force -in json -out none "$path" -
}

# Tells those who wait for steps what has completed; what had before stays, for the version that Nomad goes back to. PATH [STEP CONTENT]...
completed() {
    path=$1
    shift
    count=$#
    while [ "$count" -gt 0 ]; do
        all=$2
        for content in $(nomad var get -item "$1" "$path" 2>/dev/null); do [ "$content" = "$2" ] || all="$all $content"; done
        set -- "$@" "$1=$(echo "$all" | cut -d ' ' -f 1-10)"
        shift 2
        count=$((count - 2))
    done
    run nomad var put -force -out none "$path" "$@"
}

# Whether there is a job of exactly this name: nomad takes the beginning of one for it too. JOB
exists() { [ "$(nomad job inspect -t '{{ .ID }}' "$1" 2>/dev/null)" = "$1" ]; }

# Every allocation of a version of a job with its state. JOB VERSION
allocations() { nomad job allocs -t '{{ range . }}{{ printf "%d %s %s\n" .JobVersion .ClientStatus .ID }}{{ end }}' "$1" | sed -n "s/^$2 //p"; }

# Every allocation of a job's current version with its state. JOB
current() { allocations "$1" "$(nomad job inspect -t '{{ .Version }}' "$1")"; }

# Shows an allocation's last lines. ALLOCATION TASK
last_lines() {
    nomad alloc logs -stderr -tail -n 20 "$1" "$2" 2>&1 | sed "s/^/  $2 | /" >&2 || :
    nomad alloc logs -tail -n 20 "$1" "$2" 2>&1 | sed "s/^/  $2 | /" >&2 || :
}

# Runs a step to completion. JOB FILE TASK SECONDS
step() {
    # What has failed isn't run again as long as it is the same.
    case $(exists "$1" && current "$1") in failed*) run nomad job stop -purge -detach "$1" ;; esac
    run nomad job run -detach "$2"
    until=$(($(date +%s) + $4))
    while :; do
        state=$(current "$1")
        case $state in
            complete*) break ;;
            failed* | lost*)
                last_lines "${state##* }" "$3"
                echo "$3 failed. Those who wait for it weren't touched: the previous version goes on serving." >&2
                exit 1
                ;;
        esac
        if [ "$(date +%s)" -ge "$until" ]; then
            run nomad job stop -detach "$1"
            echo "$3 took longer than $4 s. Those who wait for it weren't touched: the previous version goes on serving." >&2
            exit 1
        fi
        sleep 1
    done
    say "$1 completed"
}

# Runs a service, and waits until Nomad says that its update has succeeded. JOB FILE TASK
service() {
    if run nomad job run "$2"; then return; fi
    failed=$(nomad job deployments -t '{{ range . }}{{ printf "%d %s\n" .JobVersion .Status }}{{ end }}' "$1" | sed -n 's/ failed$//p' | sort -n | tail -n 1)
    state=$(allocations "$1" "$failed" | head -n 1)
    [ -z "$state" ] || last_lines "${state##* }" "$3"
    echo "$3 isn't healthy. Nomad goes back to the version before, where there is one: nomad job deployments $1" >&2
    exit 1
}

command -v nomad >/dev/null || { echo "There is no nomad: install it (https://developer.hashicorp.com/nomad/install)." >&2; exit 1; }
# Whoever may deploy may list jobs.
nomad job status >/dev/null 2>&1 || { echo "Nomad at ${NOMAD_ADDR:-http://127.0.0.1:4646} doesn't answer: set NOMAD_ADDR, and NOMAD_TOKEN where it asks for one." >&2; exit 1; }
[ "$mode" != --check ] || exit 0
@REQUIRED@
./secrets.sh
for file in @FILES@; do nomad job validate "$file" >/dev/null || { nomad job validate "$file"; exit 1; }; done

if [ "$mode" = --dry-run ]; then
    # A plan ends with 1 when something would change.
    for file in @FILES@; do run nomad job plan "$file" || [ $? = 1 ]; done
    exit 0
fi

@VOLUMES@
@VALUES@
@ORDER@
say "deployed"
