#!/bin/sh
# Deploys @NAME@ @VERSION@ to the Nomad that NOMAD_ADDR names: makes volumes and variables, runs the jobs, and then the services in their order. A service's new version
# runs beside the old until it is healthy; if it isn't, Nomad goes back by itself. Run again, it changes nothing.
#   --check     only finds out whether it can be deployed there
#   --dry-run   only shows what would change
# Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
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

@SETTINGS@
# Ends the deployment if a setting isn't set. NAME
required() {
    chosen=$(read_setting "$1" || :)
    [ -n "$chosen" ] || { echo "$1 isn't set: set it in settings.env." >&2; exit 1; }
}

@VOLUMES_READ@
# Makes a volume that isn't there yet. NAME FILE
volume() {
    found=$(ids "$1")
    if [ -n "$found" ]; then return; fi
    if [ "$mode" = --dry-run ]; then say "would make the volume $1; until then a plan warns that no client has it"; else run nomad volume create "$2"; fi
}

# Waits until nobody has a volume any more but the job that is about to run, whose own replicas Nomad replaces one after the other. VOLUME JOB
alone() {
    until=$(($(date +%s) + @TIMEOUT@))
    waited=
    while :; do
        all=$(users "$1")
        others=$(echo "$all" | awk -v job="$2" 'NF && !($2 == job && $3 == "run")')
        [ -n "$others" ] || break
        if [ "$(date +%s)" -ge "$until" ]; then
            echo "The volume $1 is still written to after @TIMEOUT@ s: $(echo "$others" | told). $2 wasn't touched, as two would write at once; nomad alloc status says why it goes on." >&2
            exit 1
        fi
        [ "$others" = "$waited" ] || say "$2 waits for $(echo "$others" | told) to leave the volume $1"
        waited=$others
        sleep 1
    done
}

# Bytes from the standard input as a text of JSON.
json() {
    od -An -v -tu1 | LC_ALL=C awk '{
        for (i = 1; i <= NF; i++) {
            if ($i == 34 || $i == 92) printf "\\%c", $i + 0
            else if ($i < 32 || $i == 127) printf "\\u%04x", $i
            else printf "%c", $i + 0
        }
    }'
}

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
            if [ "$1" = secret ]; then printf %s "$(cat "secrets/$3")" | json; else { read_setting "$3" || :; } | json; fi
            printf '"'
            comma=,
            shift 3
        done
        printf '}}'
    } | nomad var put -force -in json -out none "$path" -
}

# Tells those who wait for jobs what has completed; what had before stays, for the version that Nomad goes back to. PATH [JOB CONTENT]...
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

# A job's version; nothing where there is no such job. JOB
version() { nomad job inspect -t '{{ .Version }}' "$1" 2>/dev/null || :; }

# Shows an allocation's last lines. ALLOCATION TASK
last_lines() {
    nomad alloc logs -stderr -tail -n 20 "$1" "$2" 2>&1 | sed "s/^/  $2 | /" >&2 || :
    nomad alloc logs -tail -n 20 "$1" "$2" 2>&1 | sed "s/^/  $2 | /" >&2 || :
}

@REASONS@
# Runs a job to completion. JOB FILE TASK SECONDS
job() {
    # What has failed isn't run again as long as it is the same.
    case $(exists "$1" && current "$1") in failed*) run nomad job stop -purge -detach "$1" ;; esac
    run nomad job run -detach "$(of "$2")"
    : >"$scratch/run"
    last='' begun=$(date +%s)
    until=$((begun + $4))
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
        [ "$(($(date +%s) - begun))" -lt 5 ] || tell "$1" "$(version "$1")" "$3"
        sleep 1
    done
    say "$1 completed"
}

# Runs a service, and waits until Nomad says that its update has succeeded. Of one that is scaled the count stays as it is, but for the least. JOB FILE TASK [LEAST]
service() {
    last=
    say "nomad job run ${4:+-preserve-counts }$(of "$2")"
    nomad job run ${4:+-preserve-counts} "$(of "$2")" >"$scratch/run" 2>&1 &
    running=$!
    begun=$(date +%s)
    while kill -0 "$running" 2>/dev/null; do
        sleep 1
        [ "$(($(date +%s) - begun))" -lt 5 ] || tell "$1" "$(version "$1")" "$3"
        # Another client's port isn't free either by waiting.
        if ran_into 'reserved port collision'; then kill "$running" 2>/dev/null || :; fi
    done
    if wait "$running"; then
        running=
        [ -z "${4:-}" ] || [ "$(nomad job inspect -t '{{ range .TaskGroups }}{{ .Count }}{{ end }}' "$1")" -ge "$4" ] || run nomad job scale "$1" "$3" "$4"
        return
    fi
    running=
    if ran_into 'reserved port collision'; then
        taken=$(sed -n 's/.*reserved port collision [^=]*=\([0-9]*\).*/\1/p' "$scratch/run" | head -n 1)
        echo "$3 can't be placed: its port $taken is taken on every client that could take it. Stop who has it, or choose another with .WithStaticPort(\"$3\", PORT) and publish again." >&2
        exit 1
    fi
    now=$(version "$1")
    if [ -z "$now" ] || ran_into '^Error (submitting|getting|parsing|initializing)'; then
        cat "$scratch/run" >&2
        echo "$3 was refused by Nomad: $(grep Error "$scratch/run" | head -n 1). The previous version goes on." >&2
        exit 1
    fi
    failed=$(nomad job deployments -t '{{ range . }}{{ printf "%d %s\n" .JobVersion .Status }}{{ end }}' "$1" | sed -n 's/ failed$//p' | sort -n | tail -n 1)
    sed 's/^/  /' "$scratch/run" | tail -n 20 >&2
    state=$(allocations "$1" "$failed" | head -n 1)
    if [ -n "$state" ]; then
        case $last in *' waits for '*) ;; *) last_lines "${state##* }" "$3" ;; esac
    fi
    echo "$3 isn't healthy${last:+ ($(echo "$last" | head -n 1))}. Nomad goes back to the version before, where there is one: nomad job deployments $1" >&2
    exit 1
}

command -v nomad >/dev/null || { echo "There is no nomad: install it (https://developer.hashicorp.com/nomad/install)." >&2; exit 1; }

# Ends the deployment where Nomad lets one do nothing. WHAT ANSWER
refused() {
    case $2 in *'response code: 403'*) ;; *) return 0 ;; esac
    echo "Nomad at $server doesn't let you $1 in the namespace $NOMAD_NAMESPACE: set NOMAD_TOKEN to a token that has the policy in acl-policy.hcl." >&2
    exit 1
}
server=${NOMAD_ADDR:-http://127.0.0.1:4646}
[ ! -f settings.env ] || read_setting >/dev/null
# Whoever may deploy may list jobs.
if ! said=$(nomad job status 2>&1); then
    refused 'list jobs' "$said"
    echo "Nomad at $server doesn't answer: set NOMAD_ADDR, and NOMAD_TOKEN where it asks for one." >&2
    exit 1
fi
# Those in which one may do something.
namespaces=$(nomad namespace list -t '{{ range . }}{{ .Name }} {{ end }}' 2>/dev/null || :)
case " $namespaces" in
    ' ' | *" $NOMAD_NAMESPACE "*) ;;
    *) echo "Nomad at $server has no namespace $NOMAD_NAMESPACE: have it made (nomad namespace apply $NOMAD_NAMESPACE), or publish for one that there is: .WithNamespace(\"NAME\")." >&2; exit 1 ;;
esac
# A plan changes nothing, and is for those who may run jobs.
said=$(nomad job plan @FIRST@ 2>&1) || refused 'run jobs' "$said"
# What a client must have, as far as one may ask clients: one that has it all.
clients=$(nomad node status -t '{{ range . }}{{ if eq .Status "ready" }}{{ .ID }}{{ "\n" }}{{ end }}{{ end }}' 2>/dev/null) ||
    say "nobody has asked clients for @ASKED@, since your token may not (node { policy = \"read\" })"
without=
for client in $clients; do
    # The dollars are the template's.
    # shellcheck disable=SC2016
    has=" $(nomad node status -t '{{ if index .Attributes "driver.docker" }}docker {{ end }}{{ if index .Attributes "plugins.cni.version.bridge" }}cni {{ end }}{{ range $name, $network := .HostNetworks }}network:{{ $name }} {{ end }}{{ with index .Attributes "unique.storage.bytesfree" }}free:{{ . }} {{ end }}' "$client" 2>/dev/null || :)"
    left=${has##* free:} left=${left%% *}
    case $has in *' free:'*) [ "$((left / 1048576))" -ge 1024 ] || say "only $((left / 1048576)) MiB are free on the client $client" ;; esac
    case $has in
        *' docker '*'cni '*@HAS_NETWORK@*) without=; break ;;
        *' docker '*'cni '*) without="the host network @HOST_NETWORK@: add host_network \"@HOST_NETWORK@\" to its client block" ;;
        *' docker '*) without="the CNI plugins: put them into /opt/cni/bin (https://github.com/containernetworking/plugins/releases)" ;;
        *) without="the Docker driver: start Docker there" ;;
    esac
done
[ -z "$without" ] || { echo "No client of Nomad has all that this needs; $client lacks $without, and restart Nomad there." >&2; exit 1; }
[ "$mode" != --check ] || exit 0

# What a command said that something is read from; a command that is still running then ends with this.
running=
scratch=
@LOCK@unlock() {
    [ -z "$scratch" ] || rm -rf "$scratch"
    [ -z "$running" ] || kill "$running" 2>/dev/null || :
    release
}

lock
scratch=$(mktemp -d)

@REQUIRED@
if [ "$mode" = --dry-run ]; then
    # There may be one alone.
    # shellcheck disable=SC2043
    for name in @SECRETS@; do [ -s "secrets/$name" ] || say "would make secrets/$name"; done
else
    ./secrets.sh
fi
@OVERRIDE@
for file in @FILES@; do nomad job validate "$(of "$file")" >/dev/null || { nomad job validate "$(of "$file")"; exit 1; }; done

@VOLUMES@
if [ "$mode" = --dry-run ]; then
    # A plan ends with 1 when something would change.
    for file in @FILES@; do run nomad job plan "$(of "$file")" || [ $? = 1 ]; done
    exit 0
fi

# The client's address that the gateway listens on: static ports are on its default one alone. JOB
gateway_address() {
    allocation=$(current "$1" | sed -n 's/^running //p' | head -n 1)
    [ -z "$allocation" ] || nomad alloc status -t '{{ range .AllocatedResources.Shared.Ports }}{{ .HostIP }}{{ "\n" }}{{ end }}' "$allocation" | sed '/^$/d' | head -n 1
}

@ASK_FUNCTION@
@VALUES@
@ORDER@
@ASK@say "deployed"
