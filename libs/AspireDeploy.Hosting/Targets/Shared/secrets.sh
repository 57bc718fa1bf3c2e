#!/bin/sh
# Makes the secrets of @NAME@ that aren't there yet, and composes the files that its containers read from them.
#   secrets/NAME      one value each, mode 0600, for this deployment alone. Keep a copy: without it the data can't be opened.
#   secrets/mounted/  made from those, and made again when they change.
# Run it as often as you like: it keeps what is there. Made by publishing: change the AppHost, not this file.
set -eu
umask 077
CDPATH='' cd -- "$(dirname -- "$0")/."

# Ends this if a tool is missing, before anything is made without it. TOOL...
needs() {
    for tool in "$@"; do
        command -v "$tool" >/dev/null || { echo "There is no $tool, which secrets are made with: install it." >&2; exit 1; }
    done
}

needs awk cat chmod cmp dirname head ln ls mkdir mv od rm sed tail tr wc
mkdir -p secrets/mounted
# Whoever made it may have let others in.
chmod 700 secrets secrets/mounted 2>/dev/null || { echo "secrets/ isn't yours, so that it can't be kept from others: have it given to you (chown), or take it away." >&2; exit 1; }
# What is being written is this run's alone: another may run beside it. A run that was killed leaves its own behind.
work=secrets/.work.$$
for left in secrets/.work.*; do
    if [ "$left" = "$work" ] || ! kill -0 "${left##*.}" 2>/dev/null; then rm -rf "$left"; fi
done
mkdir "$work"
trap 'rm -rf "$work"' EXIT
missing=

# Letters and digits, so that nothing has to be escaped anywhere; a capital, a small letter and a digit among them, as some servers insist. NAME LENGTH
generate() {
    [ ! -s "secrets/$1" ] || return 0
    while :; do
        LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom 2>/dev/null | head -c "$2" >"$work/new"
        [ "$(wc -c <"$work/new")" -eq "$2" ] || { echo "secrets/$1 couldn't be made: see whether tr, head and /dev/urandom work here." >&2; exit 1; }
        [ "$2" -ge 8 ] || break
        case $(cat "$work/new") in *[[:upper:]]*) case $(cat "$work/new") in *[[:lower:]]*) case $(cat "$work/new") in *[0-9]*) break ;; esac ;; esac ;; esac
    done
    ! first "secrets/$1" || echo "made secrets/$1"
}

# Puts what was written in the place of a file that isn't there yet, or has nothing in it; of several runs one does. FILE
first() {
    if [ -e "$1" ] && [ ! -s "$1" ]; then rm -f "$1"; fi
    if ln "$work/new" "$1" 2>/dev/null; then
        # Both names are of one file, which isn't to be written to again.
        rm "$work/new"
        return
    fi
    # Where a file system knows no links.
    [ ! -s "$1" ] && mv -f "$work/new" "$1"
}

# Asks a person, where there is one. The terminal shows again what is typed, however this ends. NAME DESCRIPTION
ask() {
    [ ! -s "secrets/$1" ] || return 0
    if [ -t 0 ]; then
        terminal=$(stty -g)
        trap 'stty "$terminal"; echo >&2; exit 130' INT
        trap 'stty "$terminal"; echo >&2; exit 143' TERM HUP
        printf '%s (%s): ' "$1" "$2" >&2
        stty -echo
        IFS= read -r answer || answer=
        stty "$terminal"
        trap - INT TERM HUP
        echo >&2
        printf %s "$answer" >"$work/new"
        if [ -s "$work/new" ]; then
            mv -f "$work/new" "secrets/$1"
            return
        fi
    fi
    echo "secrets/$1 is missing: $2. Put its value into that file, readable for you alone." >&2
    missing=1
}

# Keeps a secret from others, or says that it can't: where it is a link to a file of somebody else's, that must be as private already. NAME
private() {
    chmod 600 "secrets/$1" 2>/dev/null && return
    # shellcheck disable=SC2012
    case $(ls -lLd "secrets/$1" 2>/dev/null) in
        ????------*) [ ! -r "secrets/$1" ] || return 0 ;;
    esac
    echo "secrets/$1 can't be read by you alone, and its mode can't be changed: put a copy of your own in its place, readable for you alone." >&2
    exit 1
}

# The value, without the line break that an editor leaves at its end, as a filter writes it for what surrounds it. NAME [FILTER]
value() {
    private "$1"
    text=$(cat "secrets/$1")
    if [ $# -gt 1 ]; then printf %s "$text" | "$2"; else printf %s "$text"; fi
}

# Percent-encodes what is read, as a part of a URI.
encode() { od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'; }

# Writes what is read for double quotes in redis.conf.
redis() { od -An -v -tx1 | tr -d ' \n' | sed 's/../\\x&/g'; }

# Writes what is read as a value in a connection string of ADO.NET: in double quotes where it needs them.
connection() {
    text=$(cat)
    case $text in
        '' | *[!A-Za-z0-9._~!@#%^*/+-]*) printf '"%s"' "$(printf %s "$text" | sed 's/"/""/g')" ;;
        *) printf %s "$text" ;;
    esac
}

# Writes what is read for double quotes in a file of variables as Docker Compose reads it.
dotenv() { sed -e 's/[\\"$]/\\&/g' -e "s/$(printf '\r')/\\\\r/g" | awk 'NR > 1 { printf "\\n" } { printf "%s", $0 }'; }

# Writes what is read as the rest of a line in a file of variables for Swarm, which fills in what stands in double braces.
line() {
    text=$(cat)
    [ "$(printf %s "$text" | wc -l)" -eq 0 ] || { echo "A secret that is given as an environment variable has several lines, which Swarm can't pass on: choose one of one line." >&2; exit 1; }
    printf %s "$text" | sed 's/{{/{{"{{"}}/g'
}

# Refuses a password that Redis' connection string has no way to carry. NAME
listed() {
    case $(cat "secrets/$1") in
        *,* | [[:space:]]* | *[[:space:]])
            echo "secrets/$1 has a comma, or a blank at its beginning or end, which Redis' connection string can't carry: choose another." >&2
            exit 1
            ;;
    esac
}

# Refuses a password with a control character: PostgreSQL would be made with one that lacks it, and the files have it. NAME
typed() {
    [ "$(printf %s "$(cat "secrets/$1")" | LC_ALL=C tr -cd '[:cntrl:]' | wc -c)" -eq 0 ] || {
        echo "secrets/$1 has a control character (a carriage return, if it was written on Windows), which its server would leave out: write it again without it." >&2
        exit 1
    }
}

@SETTINGS@@NOTING@# Puts what was composed in the file's place, if it isn't that already. FILE
put() {
    [ -d "secrets/mounted/${1%/*}" ] || mkdir -p "secrets/mounted/${1%/*}"
@NOTE@    if cmp -s "$work/new" "secrets/mounted/$1" 2>/dev/null; then
        rm "$work/new"
@OVERWRITE@    else
        mv -f "$work/new" "secrets/mounted/$1"
    fi
}

@SECRETS@
[ -z "$missing" ] || exit 1

@FILES@
@NOTED@@GIVE_AWAY@