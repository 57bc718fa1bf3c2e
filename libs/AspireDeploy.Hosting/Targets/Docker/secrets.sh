#!/bin/sh
# Makes the secrets of @NAME@ that aren't there yet, and composes the files that its containers read from them.
#   secrets/NAME      one value each, mode 0600, for this deployment alone. Keep a copy: without it the data can't be opened.
#   secrets/mounted/  made from those, and made again when they change.
# Run it as often as you like: it keeps what is there. Made by publishing: change the AppHost, not this file.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets/mounted
missing=

# Letters and digits, so that nothing has to be escaped anywhere. NAME LENGTH
generate() {
    [ -s "secrets/$1" ] && return
    LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom 2>/dev/null | head -c "$2" >secrets/.new
    mv secrets/.new "secrets/$1"
    echo "made secrets/$1"
}

# Asks a person, where there is one. NAME DESCRIPTION
ask() {
    [ -s "secrets/$1" ] && return
    if [ -t 0 ]; then
        printf '%s (%s): ' "$1" "$2" >&2
        stty -echo
        IFS= read -r answer || answer=
        stty echo
        echo >&2
        printf %s "$answer" >secrets/.new
        if [ -s secrets/.new ]; then
            mv secrets/.new "secrets/$1"
            return
        fi
    fi
    echo "secrets/$1 is missing: $2. Put its value into that file, readable for you alone." >&2
    missing=1
}

# The value, without the line break that an editor leaves at its end. NAME
value() {
    chmod 600 "secrets/$1"
    printf %s "$(cat "secrets/$1")"
}

# What is read, percent-encoded.
encode() { od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'; }

# A setting from @SETTINGS@. NAME DEFAULT
setting() {
    line=$(sed -n "s/^$1=//p" @SETTINGS@ 2>/dev/null | tail -n 1)
@UNQUOTE@    printf %s "${line:-$2}"
}

# What is read becomes the file, if it isn't already. FILE
put() {
    mkdir -p "$(dirname "secrets/mounted/$1")"
    cat >secrets/mounted/.new
    if cmp -s secrets/mounted/.new "secrets/mounted/$1" 2>/dev/null; then
        rm secrets/mounted/.new
    else
        mv secrets/mounted/.new "secrets/mounted/$1"
    fi
}

@SECRETS@
[ -z "$missing" ] || exit 1

@FILES@
@GIVE_AWAY@