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

for network in @NETWORKS@; do
    docker network inspect "$network" >/dev/null 2>&1 || { echo "There is no network $network, by which Traefik reaches containers: make it (docker network create @NETWORK_OPTIONS@$network), or name Traefik's own with .WithTraefik(\"NETWORK\")." >&2; exit 1; }
    # What a Traefik there has by its command line or variables; one that has a file of settings tells nothing.
    said=$(docker ps --quiet --filter "network=$network" | while read -r container; do
        docker inspect --format '{{range .Args}}{{println .}}{{end}}{{range .Config.Env}}{{println .}}{{end}}' "$container"
    done | tr '[:upper:]' '[:lower:]')
    for needed in @TRAEFIK_HAS@; do
        kind=${needed%%:*} name=${needed#*:}
        has=$(echo "$said" | sed -n -e "s/^--$kind\\.\\([^.=]*\\).*/\\1/p" -e "s/^traefik_${kind}_\\([^_=]*\\).*/\\1/p" | sort -u | tr '\n' ' ')
        case " $has" in
            ' ' | *" $name "*) ;;
            *) echo "Traefik on the network $network has no $name among its $kind, but ${has% }: name its own, .WithTraefik(\"$network\", certificateResolver: \"NAME\", httpsEntryPoint: \"NAME\", httpEntryPoint: \"NAME\")." >&2; exit 1 ;;
        esac
    done
done
if [ "$(engine_address)" = 127.0.0.1 ]; then
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
