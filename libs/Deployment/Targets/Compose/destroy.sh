#!/bin/sh
# Takes @NAME@ away: its containers and networks, and with --volumes its data and certificates too. Secrets stay in secrets/.
set -eu
cd "$(dirname "$0")"
case "${1:-}" in
    '') docker compose down --remove-orphans ;;
    --volumes) docker compose down --remove-orphans --volumes ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
