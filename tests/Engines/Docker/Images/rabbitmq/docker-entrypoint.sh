#!/bin/sh
# What the official image's entry point does for who declares nothing else: as root, the server runs as "rabbitmq" on data of its own.
set -e
if [ "$1" = rabbitmq-server ] && [ "$(id -u)" = 0 ]; then
  find /var/lib/rabbitmq \! -user rabbitmq -exec chown rabbitmq '{}' +
  # By its path: the shell has a lesser one of its own.
  exec /usr/bin/setpriv --reuid rabbitmq --regid rabbitmq --clear-groups -- "$0" "$@"
fi
exec "$@"
