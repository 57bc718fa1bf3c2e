#!/bin/sh
# Deploys @NAME@ @VERSION@ to the swarm: makes the secrets, deploys what is needed first, runs the jobs, and only then updates those who wait for them, one replica
# after the other. If it fails, it says what and why, and the previous version goes on serving. Run again, it changes nothing.
#   --check   only finds out whether it can be deployed here
# Made by publishing: change the AppHost, not this file.
@BEGIN@[ "$(docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}')" = 'active true' ] || { echo "This engine isn't a swarm's manager: make it one with docker swarm init, or run this on one." >&2; exit 1; }
@FOREIGN_VOLUMES@@CHECKS@
@TASKS@
# Data is where it is: without that node nothing that has any can start. The other nodes do without one that is down.
lost=$(nodes | awk -F '|' '$4 == "true" { if ($3 == "ready") here = 1; else name = $2 } END { if (!here) print name }')
[ -z "$lost" ] || { echo "The node $lost, which has the data (label @DATA_LABEL@), is down: start it again, and then run ./deploy.sh." >&2; exit 1; }
set_to=$(nodes | awk -F '|' '$4 == "true" && $3 == "ready" { if ($5 == "active") here = 1; else it = $2 " " $5 } END { if (!here) print it }')
[ -z "$set_to" ] || { echo "The node ${set_to% *}, which has the data (label @DATA_LABEL@), takes no replicas (${set_to##* }): let it (docker node update --availability active ${set_to% *}), and then run ./deploy.sh." >&2; exit 1; }
[ -z "$(down)" ] || say "$(down) is down; what ran there runs on the other nodes, and the swarm's own counts still include it"
[ "$mode" != --check ] || exit 0

@LOCK@unlock() { release; }

# Ends the deployment with what became of the replicas that it started, and their last lines, each once. SERVICE MESSAGE
fail() {
    for task in $(docker service ps --no-trunc --format '{{if .Error}}{{.ID}}{{end}}' "@STACK@_$1" 2>/dev/null); do
        case " $earlier " in *" $task "*) ;; *)
            docker service logs --raw --tail 20 "$task" 2>&1 || :
            ;;
        esac
    done | awk -v name="$1" '!seen[$0]++ { print "  " name " | " $0 }' | tail -n 20 >&2
    docker service ps --no-trunc --format '{{if .Error}}{{.ID}} {{.Name}}: {{.Error}}{{end}}' "@STACK@_$1" 2>/dev/null | while read -r task line; do
        case " $earlier " in *" $task "*) ;; *) [ -z "$task" ] || echo "  $line" ;; esac
    done | awk '!seen[$0]++' | head -n 3 >&2
    echo "$1 $2${cause:+ $cause.}" >&2
    exit 1
}

@CAUSE@
lock
./secrets.sh

# Data stays on one node: the one with the label, and at the first deployment this one.
[ -n "$(docker node ls --quiet --filter node.label=@DATA_LABEL@=true)" ] || docker node update --label-add @DATA_LABEL@=true "$(docker info --format '{{.Swarm.NodeID}}')" >/dev/null

@SETTINGS@digest() { sha256sum | cut -c 1-16; }

# A version for a service's secrets. It tells nobody what is in them, as only this folder has the key. SERVICE
version() {
    [ -s secrets/.key ] || (umask 077 && head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >secrets/.key)
    { cat secrets/.key; for file in secrets/mounted/"$1"/*; do printf '%s\n' "$file"; cat "$file"; done; } | digest
}

@VERSIONS@

@CONTENT_VARIABLE@=
export @CONTENT_VARIABLE@

# The file that a person has put beside a service's, which is merged over it; nothing where there is none. SERVICE
override() { [ ! -f "stack.$1.override.yaml" ] || echo "--compose-file stack.$1.override.yaml"; }

# What a service would be deployed as, in a few digits. SERVICE
# shellcheck disable=SC2046
content() { docker stack config --compose-file "stack.$1.yaml" $(override "$1") | digest; }

# What it was deployed as. SERVICE
deployed() { docker service inspect --format '{{index .Spec.Labels "@CONTENT_LABEL@"}}' "@STACK@_$1" 2>/dev/null || :; }

for file in stack.*.override.yaml; do
    [ -f "$file" ] || continue
    over=${file#stack.}
    over=${over%.override.yaml}
    [ -f "stack.$over.yaml" ] || { echo "$file is for no service: there is no stack.$over.yaml. Give it a service's name, or take it away." >&2; exit 1; }
    say "$file changes $over"
done

# The replicas of a service that were there before this deployment changed it.
earlier=

# Hands a service to the swarm. SERVICE CONTENT
hand_over() {
    earlier=$(docker service ps --quiet --no-trunc "@STACK@_$1" 2>/dev/null | tr '\n' ' ' || :)
    # shellcheck disable=SC2046
    said=$(@CONTENT_VARIABLE@=$2 docker stack deploy --detach=true --with-registry-auth --resolve-image changed --compose-file "stack.$1.yaml" $(override "$1") @STACK@ 2>&1) || { echo "$said" >&2; fail "$1" "couldn't be deployed. Nothing that waits for it was touched."; }
    changed=1
}

# How many replicas run, of how many: 3/3. The swarm's own count includes what ran on a node that is down. SERVICE
replicas() {
    wanted=$(docker service inspect --format '{{if .Spec.Mode.Replicated}}{{.Spec.Mode.Replicated.Replicas}}{{end}}' "@STACK@_$1" 2>/dev/null || :)
    tasks=$(docker service ps --no-resolve --no-trunc --filter desired-state=running --format '{{.Node}}|{{.CurrentState}}' "@STACK@_$1" 2>/dev/null || :)
    echo "$(echo "$tasks" | on_ready_nodes | grep -c '|Running')/$wanted"
}

# What a job's runs have come to, first that it has completed; one that was still under way on a node that is down isn't any more. SERVICE
runs() {
    tasks=$(docker service ps --no-resolve --no-trunc --format '{{.Node}}|{{.CurrentState}}' "@STACK@_$1" 2>/dev/null || :)
    echo "$tasks" | sed -n 's/^[^|]*|\(Complete\).*/\1/p'
    echo "$tasks" | on_ready_nodes | sed -n 's/^[^|]*|\([A-Za-z]*\).*/\1/p'
}

# What an update has come to; nothing where none is. SERVICE
update() { docker service inspect --format '{{if .UpdateStatus}}{{.UpdateStatus.State}}{{end}}' "@STACK@_$1"; }

# Runs a job to completion. SERVICE SECONDS
job() {
    new=$(content "$1")
    case "$(deployed "$1") $(runs "$1")" in "$new Complete"*)
        say "$1 has completed already"
        return
        ;;
    esac
    say "$1 runs"
    docker service rm "@STACK@_$1" >/dev/null 2>&1 || :
    hand_over "$1" "$new"
    until=$(($(date +%s) + $2))
    while :; do
        case $(runs "$1") in
            *Complete*) break ;;
            *New* | *Allocated* | *Pending* | *Assigned* | *Accepted* | *Preparing* | *Ready* | *Starting* | *Running* | '') ;;
            *) fail "$1" "failed. Those who wait for it weren't touched: the previous version goes on serving." ;;
        esac
        if [ "$(date +%s)" -ge "$until" ]; then
            docker service scale --detach=true "@STACK@_$1=0" >/dev/null 2>&1 || :
            fail "$1" "took longer than $2 s. Those who wait for it weren't touched: the previous version goes on serving."
        fi
        sleep 1
    done
    say "$1 completed"
}

# Starts a service, or puts its new version in the old one's place. SERVICE COUNT SECONDS
service() {
    new=$(content "$1")
    old=$(deployed "$1")
    if [ "$old" = "$new" ] && [ "$(replicas "$1")" = "$2/$2" ]; then
        say "$1 is up to date"
        return
    fi
    say "$1 starts"
    hand_over "$1" "$new"
    # An update is on its way a moment after it was handed over.
    tries=0
    while [ -n "$old" ] && [ -z "$(update "$1")" ] && [ "$tries" -lt 5 ]; do
        tries=$((tries + 1))
        sleep 1
    done
    until=$(($(date +%s) + ($3 + 15) * $2)) cause='' misses=0
    while :; do
        # Those on this node, which is where they can be asked.
        new_ones=$(docker ps --quiet --filter "label=com.docker.swarm.service.name=@STACK@_$1" --filter health=starting --filter health=unhealthy || :)
        # shellcheck disable=SC2086
        tell_cause "$1" $new_ones
        case $(update "$1") in
            rollback_completed | rollback_paused) fail "$1" "isn't healthy. It was rolled back: the previous version goes on serving." ;;
            paused) fail "$1" "isn't healthy. Its update was stopped, and nothing that waits for it was touched." ;;
            completed | '') [ "$(replicas "$1")" != "$2/$2" ] || break ;;
        esac
        # ASP.NET listens once everything is mapped.
        if [ -z "$old" ] && [ "$misses" -ge 10 ]; then fail "$1" "isn't healthy. Nothing that waits for it was touched."; fi
        # Started again and again isn't starting.
        if [ -z "$old" ] && [ "$(docker service ps --filter desired-state=shutdown --format '{{.CurrentState}}' "@STACK@_$1" | grep -c -E '^(Failed|Rejected)')" -ge "$((3 * $2))" ]; then
            fail "$1" "doesn't stay up. Nothing that waits for it was touched."
        fi
        [ "$(date +%s)" -lt "$until" ] || fail "$1" "isn't healthy. Nothing that waits for it was touched."
        sleep 1
    done
    cause=
    say "$1 is healthy"
}

# Of a deployment that was taken away, a replica may still be stopping: a volume has one writer, and a network that one is on can't be made anew.
until=$(($(date +%s) + @TIMEOUT@))
waited=
while :; do
    still=$(running)
    still=$(echo "$still" | grep '|Remove|' || :)
    [ -n "$still" ] || break
    [ "$(date +%s)" -lt "$until" ] || { echo "$(echo "$still" | told) still stops after @TIMEOUT@ s: nothing was started. See why with docker stack ps @STACK@." >&2; exit 1; }
    [ "$still" = "$waited" ] || say "waits for $(echo "$still" | told) to stop"
    waited=$still
    sleep 1
done

# Where the node with the data is, on which the gateway listens.
data_address() {
    data=$(nodes | awk -F '|' '$4 == "true" { print $1 }' | head -n 1)
    if [ "$data" = "$(docker info --format '{{.Swarm.NodeID}}')" ]; then engine_address; else docker node inspect --format '{{.Status.Addr}}' "$data"; fi
}

@ASK_FUNCTION@
@PRUNE_FUNCTION@@ORDER@

# What isn't declared any more goes, and so do earlier versions of secrets and files.
declared=" @SERVICES@ "
for running in $(docker service ls --filter label=com.docker.stack.namespace=@STACK@ --format '{{.Name}}'); do
    case $declared in *" ${running#@STACK@_} "*) ;; *)
        docker service rm "$running" >/dev/null
        say "${running#@STACK@_} is gone"
        changed=1
        ;;
    esac
done
if [ -n "$changed" ]; then
    for kind in secret config; do
        for each in $(docker $kind ls --filter label=com.docker.stack.namespace=@STACK@ --quiet); do docker $kind rm "$each" >/dev/null 2>&1 || :; done
    done
@ASK@@PRUNE@    say "deployed"
else
@ASK@@PRUNE@    say "nothing changed"
fi
