# A file is for the user that its container runs as, and nobody else. Only root may give files away; for others the engine does it.
give_away() {
    [ -n "$owners" ] || return 0
    # shellcheck disable=SC2086
    set -- $owners
    if [ "$(id -u)" = 0 ]; then
        while [ $# -gt 1 ]; do
            chown "$1" "secrets/mounted/$2"
            shift 2
        done
    else
        docker run --rm --network none --user 0:0 --cap-drop ALL --cap-add CHOWN --cap-add DAC_OVERRIDE --mount "type=bind,\"source=$PWD/secrets/mounted\",target=/mounted" --workdir /mounted \
            --entrypoint sh @IMAGE@ -c 'while [ $# -gt 1 ]; do chown "$1" "$2"; shift 2; done' sh "$@"
    fi
}

give_away
