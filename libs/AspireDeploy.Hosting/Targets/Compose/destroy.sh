#!/bin/sh
# Takes @NAME@ away: its containers and networks, and with --volumes its data and certificates too. Secrets stay in secrets/.
set -eu
cd "$(dirname "$0")"
case "${1:-}" in
    '' | --volumes) ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
# With the volumes that an image has asked for and nobody named: they are no data.
docker compose rm --stop --force --volumes
docker compose down --remove-orphans "$@"
