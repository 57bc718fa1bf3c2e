# Everything goes to one engine, whichever is chosen elsewhere meanwhile.
if [ -z "${DOCKER_HOST-}" ]; then
    chosen=$(docker context show 2>/dev/null || :)
    if [ -n "$chosen" ]; then
        DOCKER_CONTEXT=$chosen
        export DOCKER_CONTEXT
    fi
fi
