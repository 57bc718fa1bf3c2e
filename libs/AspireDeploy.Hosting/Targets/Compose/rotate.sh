#!/bin/sh
# Gives a secret of @NAME@ a new value, and has everybody take it: ./rotate.sh NAME. One that is made here is made anew; the new value of another stands in secrets/NAME.new.
# Servers go on running. Redis takes both passwords until all who use it have been replaced. PostgreSQL knows one at a time: it is told when the first new replica is about to start, and from then
# until the last old one has stopped, those can't open further connections; what they have open lasts. Do it when few requests come.
# If it is interrupted, run it again: it finishes. Made by publishing: change the AppHost, not this file.
set -eu
umask 077
CDPATH='' cd -- "$(dirname -- "$0")/."
# What is set for another project in this shell isn't meant; files beside this one's are.
unset COMPOSE_PROJECT_NAME COMPOSE_PROFILES COMPOSE_ENV_FILES
case ${COMPOSE_FILE-compose.yaml} in compose.yaml | compose.yaml:*) ;; *) unset COMPOSE_FILE ;; esac

@CONTEXT@
@SETTINGS@
# Text for double quotes in a command of Redis. VALUE
redis_text() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../\\x&/g'; }

# Has a Redis do commands from the standard input, which no process list shows. Whether it says OK to the last of them. SERVICE
redis_says_ok() {
    said=$(docker compose exec -T "$1" redis-cli -h 127.0.0.1 2>&1) || return 1
    [ "$(echo "$said" | tail -n 1)" = OK ]
}

# Has a server take the new password. KIND SERVICE
tell() {
    case $1 in
        redis)
            printf 'AUTH "%s"\nAUTH "%s"\nACL SETUSER default ">%s"\nAUTH "%s"\n' "$(redis_text "$old")" "$(redis_text "$new")" "$(redis_text "$new")" "$(redis_text "$new")" | redis_says_ok "$2"
            ;;
        postgres)
            # psql computes what the server keeps: the password itself is in no statement. The one that is known is the old one, or after an interruption the new.
            # shellcheck disable=SC2016
            printf '%s\n%s\n' "$old" "$new" | docker compose exec -T "$2" sh -c '
                IFS= read -r old
                IFS= read -r new
                user=${POSTGRES_USER:-postgres}
                [ -z "${POSTGRES_USER_FILE-}" ] || user=$(cat "$POSTGRES_USER_FILE")
                for known in "$old" "$new"; do
                    said=$(printf "%s\n%s\n" "$new" "$new" | PGPASSWORD=$known psql --host 127.0.0.1 --no-password --username "$user" --dbname postgres --no-psqlrc --command "\\password" 2>&1) && exit 0
                done
                echo "$said" | tail -n 1
                exit 1'
            ;;
    esac
}

# Tells all servers that run. KIND:SERVICE...
tell_all() {
    for server in "$@"; do
        [ -n "$(docker compose ps --quiet --status running "${server#*:}")" ] || continue
        tell "${server%%:*}" "${server#*:}" || { echo "${server#*:} doesn't take the new password: docker compose logs ${server#*:} says why. ./rotate.sh $name goes on from here." >&2; exit 1; }
    done
}

# Refuses a new password with a control character: psql leaves out some of them, and the files would have one that isn't the server's. FILE
tellable() {
    if [ -n "$servers" ] && [ "$(printf %s "$new" | LC_ALL=C tr -cd '[:cntrl:]' | wc -c)" -ne 0 ]; then
        echo "$1 has a control character (a carriage return, if it was written on Windows), which ${servers#*:} can't be told: write it again without it, and run ./rotate.sh $name again." >&2
        exit 1
    fi
}

# Which secret it is: its servers, how long it is if it is made here, and the files of those who needn't be replaced: a server, since it is told, and a job, since it has completed.
known() {
    case $1 in
@KNOWN@
        *) echo "usage: ./rotate.sh NAME, which is one of@NAMES@" >&2; exit 2 ;;
    esac
}

# What deploy.sh calls when it is about to start the first new replica.
if [ "${1:-}" = --tell ]; then
    { read -r name && read -r _; } <secrets/.rotation
    known "$name"
    old=$(cat secrets/.rotation.old) new=$(cat secrets/.rotation.new)
    # shellcheck disable=SC2086
    tell_all $servers
    exit 0
fi

name=${1:-}
known "$name"
docker version >/dev/null 2>&1 || { echo "Docker doesn't answer: start it, or see whether you may use it (docker info)." >&2; exit 1; }
@LOCK@unlock() { release; }

lock
if [ -e secrets/.rotation ]; then
    read -r begun_with <secrets/.rotation
    [ "$begun_with" = "$name" ] || { echo "The rotation of $begun_with was interrupted: ./rotate.sh $begun_with finishes it." >&2; exit 1; }
    echo "goes on with the rotation of $name"
else
    for server in $servers; do
        [ -n "$(docker compose ps --quiet --status running "${server#*:}")" ] || { echo "${server#*:} doesn't run, and so can't be told: run ./deploy.sh first." >&2; exit 1; }
    done
    ./secrets.sh
    cat "secrets/$name" >secrets/.rotation.old
    if [ -s "secrets/$name.new" ]; then
        cat "secrets/$name.new" >secrets/.rotation.new
    elif [ -n "$length" ]; then
        LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom 2>/dev/null | head -c "$length" >secrets/.rotation.new
        [ "$(wc -c <secrets/.rotation.new)" -eq "$length" ] || { echo "No new value could be made: see whether tr, head and /dev/urandom work here." >&2; exit 1; }
    else
        echo "secrets/$name isn't made here: put its new value into secrets/$name.new, readable for you alone, and run ./rotate.sh $name again." >&2
        exit 1
    fi
    old=$(cat secrets/.rotation.old) new=$(cat secrets/.rotation.new)
    [ "$old" != "$new" ] || { echo "secrets/$name.new is what $name is already." >&2; exit 1; }
    if [ -n "$servers" ] && [ "$(printf %s "$old$new" | wc -l)" -ne 0 ]; then
        echo "$name has several lines, which ${servers#*:} can't be told: change it there by hand." >&2
        exit 1
    fi
    tellable "secrets/$name.new"
    # From here on it is finished by running this again.
    printf '%s\n%s\n' "$name" "$told" >secrets/.rotation.begun
    mv -f secrets/.rotation.begun secrets/.rotation
fi
old=$(cat secrets/.rotation.old) new=$(cat secrets/.rotation.new)
tellable secrets/.rotation.new

for server in $servers; do
    case $server in redis:*) tell_all "$server" ;; esac
done
cat secrets/.rotation.new >secrets/.rotation.put
mv -f secrets/.rotation.put "secrets/$name"
ASPIREDEPLOY_LOCK=$me
export ASPIREDEPLOY_LOCK
./deploy.sh || { echo "$name has its new value, but not everybody has taken it. When that is mended, ./rotate.sh $name finishes it." >&2; exit 1; }
# shellcheck disable=SC2086
tell_all $servers
for server in $servers; do
    case $server in redis:*)
        ! printf 'AUTH "%s"\nACL SETUSER default "<%s"\nAUTH "%s"\n' "$(redis_text "$new")" "$(redis_text "$old")" "$(redis_text "$old")" | redis_says_ok "${server#*:}" || { echo "${server#*:} still takes the old password: run ./rotate.sh $name again." >&2; exit 1; }
        ;;
    esac
done
# Of a rotation that was interrupted the value is what it began with, whatever was asked for since.
if [ -s "secrets/$name.new" ] && [ "$(cat "secrets/$name.new")" != "$new" ]; then
    rm -f secrets/.rotation secrets/.rotation.old secrets/.rotation.new
    echo "$name is changed to the value that its rotation began with; secrets/$name.new has another, which ./rotate.sh $name, run again, changes it to." >&2
    exit 1
fi
rm -f "secrets/$name.new" secrets/.rotation secrets/.rotation.old secrets/.rotation.new
echo "$name is changed"
