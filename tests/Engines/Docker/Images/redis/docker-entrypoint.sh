#!/bin/sh
# What the official image's entry point does for a person who reads its page: options alone mean the server's, which runs as "redis" on data of its own.
set -e
case ${1:-} in
  -* | *.conf) set -- redis-server "$@" ;;
esac
umask 0077
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis:redis '{}' +
  # By its path: the shell has a lesser one of its own.
  exec /usr/bin/setpriv --reuid redis --regid redis --clear-groups -- "$@"
fi
exec "$@"
