#!/bin/sh
# Takes @NAME@ away: its containers and networks, and with --volumes its data and certificates too. Secrets stay in secrets/.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
# What is set for another project in this shell isn't meant; files beside this one's are.
unset COMPOSE_PROJECT_NAME COMPOSE_PROFILES COMPOSE_ENV_FILES
case ${COMPOSE_FILE-compose.yaml} in compose.yaml | compose.yaml:*) ;; *) unset COMPOSE_FILE ;; esac
case "${1:-}" in
    '' | --volumes) ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
@SETTINGS@
@CONTEXT@
@LOCK@unlock() { release; }

lock
# With the volumes that an image has asked for and nobody named: they are no data.
docker compose rm --stop --force --volumes
docker compose down --remove-orphans "$@"
# There is nothing left that an interrupted deployment could have started by half.
rm -f .deploying/rolling
