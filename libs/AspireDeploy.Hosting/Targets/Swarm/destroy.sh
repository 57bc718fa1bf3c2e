#!/bin/sh
# Takes @NAME@ away: its services, networks, secrets and configs, and with --volumes its data and certificates on this machine too. Secrets stay in secrets/.
# It ends once every replica has stopped, on whichever node.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
case "${1:-}" in
    '' | --volumes) ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac

@CONTEXT@
@TASKS@
@LOCK@unlock() { release; }

lock
# Fails while a task is still on one of the stack's networks; what it leaves is asked for again below.
docker stack rm @STACK@ >/dev/null 2>&1 || :
until=$(($(date +%s) + @TIMEOUT@))
said=
while :; do
    tasks=$(running)
    # A container goes after its task has.
    containers=$(docker ps --all --quiet --filter label=com.docker.stack.namespace=@STACK@)
    networks=$(docker network ls --quiet --filter label=com.docker.stack.namespace=@STACK@)
    [ -n "$tasks$containers$networks" ] || break
    if [ "$(date +%s)" -ge "$until" ]; then
        echo "@NAME@ isn't gone after @TIMEOUT@ s${tasks:+, as $(echo "$tasks" | told) still stops}: see why with docker stack ps @STACK@, and run ./destroy.sh again." >&2
        exit 1
    fi
    if [ -n "$tasks" ] && [ "$tasks" != "$said" ]; then
        echo "waits for $(echo "$tasks" | told) to stop"
        said=$tasks
    fi
    [ -n "$tasks$containers" ] || docker stack rm @STACK@ >/dev/null 2>&1 || :
    sleep 1
done
lost=$(down)
[ -z "$lost" ] || echo "$lost doesn't answer: what ran there ends when it comes back. Don't deploy again before, if data may be on it."
if [ "${1:-}" != '' ]; then
    volumes=$(docker volume ls --quiet --filter label=com.docker.stack.namespace=@STACK@)
    for volume in $volumes; do docker volume rm "$volume" >/dev/null; done
    # The next deployment may choose where its data is; a node without the label is none to take it from.
    docker node update --label-rm @DATA_LABEL@ "$(docker info --format '{{.Swarm.NodeID}}')" >/dev/null 2>&1 || :
    elsewhere=$(nodes | awk -F '|' '$4 == "true" { print $2 }')
    [ -z "$elsewhere" ] || echo "Data is on $elsewhere, and stays: run ./destroy.sh --volumes there."
fi
echo "took @NAME@ away"
