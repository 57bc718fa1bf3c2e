#!/bin/sh
# What the official image's page promises: on an empty data directory a cluster is made as POSTGRES_* say, the scripts of /docker-entrypoint-initdb.d run on a server that
# answers on its socket alone, and then the server starts, as "postgres".
set -e

# of_file NAME: takes NAME from the file that NAME_FILE names, if it does.
of_file() {
  eval "value=\${$1:-} file=\${$1_FILE:-}"
  if [ -n "$value" ] && [ -n "$file" ]; then
    echo >&2 "error: both $1 and $1_FILE are set (but are exclusive)"
    exit 1
  fi
  [ -z "$file" ] || value=$(cat "$file")
  eval "$1=\$value"
  unset "$1_FILE"
}

# Its arguments are those that it sets itself, for initdb.
# shellcheck disable=SC2120
initialize() {
  of_file POSTGRES_PASSWORD
  of_file POSTGRES_USER
  of_file POSTGRES_DB
  of_file POSTGRES_INITDB_ARGS
  : "${POSTGRES_USER:=postgres}"
  : "${POSTGRES_DB:=$POSTGRES_USER}"
  : "${POSTGRES_HOST_AUTH_METHOD:=scram-sha-256}"
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
    echo >&2 'Error: Database is uninitialized and superuser password is not specified.'
    exit 1
  fi

  password=$(mktemp)
  printf '%s\n' "$POSTGRES_PASSWORD" > "$password"
  eval "set -- $POSTGRES_INITDB_ARGS"
  initdb --pgdata "$PGDATA" --username "$POSTGRES_USER" --pwfile "$password" "$@"
  rm "$password"
  printf '\nhost all all all %s\n' "$POSTGRES_HOST_AUTH_METHOD" >> "$PGDATA/pg_hba.conf"

  export PGPASSWORD="$POSTGRES_PASSWORD" PGHOST=/var/run/postgresql PGUSER="$POSTGRES_USER"
  pg_ctl --pgdata "$PGDATA" --wait --silent --options "-c listen_addresses='' -c unix_socket_directories=/var/run/postgresql" start
  if [ "$POSTGRES_DB" != postgres ]; then
    printf 'CREATE DATABASE :"name";\n' | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set "name=$POSTGRES_DB" --dbname postgres
  fi
  for script in /docker-entrypoint-initdb.d/*; do
    # Whoever mounts a script knows it.
    # shellcheck source=/dev/null
    case $script in
      *.sh) . "$script" ;;
      *.sql) psql --no-psqlrc --set ON_ERROR_STOP=1 --dbname "$POSTGRES_DB" --file "$script" ;;
      *.sql.gz) gunzip -c "$script" | psql --no-psqlrc --set ON_ERROR_STOP=1 --dbname "$POSTGRES_DB" ;;
    esac
  done
  pg_ctl --pgdata "$PGDATA" --mode fast --wait --silent stop
  unset PGPASSWORD PGHOST PGUSER
  echo 'PostgreSQL init process complete; ready for start up.'
}

case ${1:-} in
  -*) set -- postgres "$@" ;;
esac
if [ "$1" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA"
    chown -R postgres:postgres "$PGDATA" /var/run/postgresql
    chmod 700 "$PGDATA"
    # By its path: the shell has a lesser one of its own.
    exec /usr/bin/setpriv --reuid postgres --regid postgres --clear-groups -- "$0" "$@"
  fi
  mkdir -p "$PGDATA"
  if [ -s "$PGDATA/PG_VERSION" ]; then
    echo 'PostgreSQL Database directory appears to contain a database; Skipping initialization'
  else
    # shellcheck disable=SC2119
    initialize
  fi
  # The server of the official image listens on every address; the socket is where its clients look for it.
  exec "$@" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
fi
exec "$@"
