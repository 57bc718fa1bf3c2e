# Runs a server once nothing else writes its data. The lock is the share's, so it holds between hosts; it ends with the last process that has it open.
set -eu
trap 'exit 143' TERM
exec 9>> @LOCK@
said=
until flock -n 9; do
  [ "$?" = 1 ] || exit 1
  [ -n "$said" ] || echo "$0 waits: something else still writes its data."
  said=yes
  sleep 1
done
trap - TERM
exec "$@"
