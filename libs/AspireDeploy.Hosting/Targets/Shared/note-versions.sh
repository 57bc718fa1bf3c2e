needs cut sha256sum

# A digest of what is read. It tells nobody what that is, as only this folder has the key.
digest() { cat secrets/.key - | sha256sum | cut -c 1-32; }

# Notes that a service's secrets are what they are, for deploy.sh to see when they change. Those of a server that ./rotate.sh tells of the change stay what they were; and what changes later
# is new in any case, also where it is what it was once. FILE
note() {
    now=$(digest <"$work/new")
    was=$(awk -v file="$1" '$1 == file { print $2 }' secrets/.noted 2>/dev/null || :)
    as=$(awk -v file="$1" '$1 == file { print $3 }' secrets/.noted 2>/dev/null || :)
    if [ -z "$was" ]; then
        as=$now
    elif [ "$now" != "$was" ] && ! is_told "$1"; then
        if [ "$was" = "$as" ]; then as=$now; else as=$(head -c 32 /dev/urandom | digest); fi
    fi
    printf '%s %s\n' "${1%%/*}" "$as" >>"$work/noted"
    printf '%s %s %s\n' "$1" "$now" "$as" >>"$work/files"
}

# Whether a file is one of those whose readers ./rotate.sh tells of the change. FILE
is_told() { case " $told " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
told=$(sed -n 2p secrets/.rotation 2>/dev/null || :)

if [ ! -s secrets/.key ]; then
    head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$work/new"
    first secrets/.key || :
fi

# Writes what was composed into a file that is there, so that a container that has it sees it. FILE
overwrite() {
    if [ -w "secrets/mounted/$1" ]; then
        cat "$work/new" >"secrets/mounted/$1"
    else
        docker run --rm --interactive --network none --user 0:0 --cap-drop ALL --cap-add DAC_OVERRIDE --mount "type=bind,\"source=$PWD/secrets/mounted\",target=/mounted" --workdir /mounted \
            --entrypoint sh @IMAGE@ -c 'cat >"$1"' sh "$1" <"$work/new"
    fi
    rm "$work/new"
}

