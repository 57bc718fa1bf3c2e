#!/bin/sh
# Takes @NAME@ away: its services, networks, secrets and configs, and with --volumes its data and certificates on this machine too. Secrets stay in secrets/.
set -eu
cd "$(dirname "$0")"
case "${1:-}" in
    '' | --volumes) ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
docker stack rm @STACK@ >/dev/null
# Containers go after their services have.
until [ -z "$(docker ps --all --quiet --filter label=com.docker.stack.namespace=@STACK@)" ] && [ -z "$(docker network ls --quiet --filter label=com.docker.stack.namespace=@STACK@)" ]; do
    sleep 1
done
if [ "${1:-}" != '' ]; then
    docker volume ls --quiet --filter label=com.docker.stack.namespace=@STACK@ | xargs --no-run-if-empty docker volume rm >/dev/null
    # The next deployment may choose where its data is; a node without the label is none to take it from.
    docker node update --label-rm @DATA_LABEL@ "$(docker info --format '{{.Swarm.NodeID}}')" >/dev/null 2>&1 || :
fi
echo "took @NAME@ away"
