# Where the engine's ports are: on this machine, or where its context says.
engine_address() {
    endpoint=$(docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || :)
    case $endpoint in
        ssh://* | tcp://*)
            endpoint=${endpoint#*://} endpoint=${endpoint%%/*} endpoint=${endpoint#*@}
            echo "${endpoint%:*}"
            ;;
        *) echo 127.0.0.1 ;;
    esac
}

@TRAEFIK@if [ "$(engine_address)" = 127.0.0.1 ]; then
    for port in @PORTS@; do
        # What is listened on by this deployment itself is as it should be.
        if command -v ss >/dev/null && [ -n "$(ss -Hltn "sport = :$port" 2>/dev/null)" ] && [ -z "$(docker ps --quiet --filter "publish=$port" --filter label=@MARK@)" ]; then
            echo "Port $port is taken on this machine; ss -ltnp 'sport = :$port' says by whom. Stop who listens there, or choose another port: .WithPublicPorts(HTTP, HTTPS)." >&2
            exit 1
        fi
    done
    left=$(df -Pk "$(docker info --format '{{.DockerRootDir}}' 2>/dev/null)" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }')
    [ "${left:-1024}" -ge 1024 ] || say "only $left MiB are free where Docker keeps images and data"
fi
