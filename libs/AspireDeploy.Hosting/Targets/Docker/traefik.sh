network=@NETWORK@
docker network inspect "$network" >/dev/null 2>&1 || { echo "There is no network $network, by which Traefik reaches containers: make it (docker network create @NETWORK_OPTIONS@$network), or name Traefik's own with .WithTraefik(\"NETWORK\")." >&2; exit 1; }
@NETWORK_SCOPE@there=$(docker ps --quiet --filter "network=$network")
# What a Traefik there has by its command line or variables; one that has a file of settings tells nothing.
said=$(for container in $there; do
    docker inspect --format '{{range .Args}}{{println .}}{{end}}{{range .Config.Env}}{{println .}}{{end}}' "$container"
done | tr '[:upper:]' '[:lower:]')
# One that is older than what was written for takes nothing of it; its own image says which it is.
older=$(for container in $there; do
    docker inspect --format '{{index .Config.Labels "org.opencontainers.image.title"}} {{index .Config.Labels "org.opencontainers.image.version"}}' "$container"
done | awk '$1 == "Traefik" && split($2, has, ".") > 1 {
    split("@TRAEFIK_VERSION@", needs, ".")
    sub(/^v/, "", has[1])
    if (has[1] + 0 < needs[1] + 0 || (has[1] + 0 == needs[1] + 0 && has[2] + 0 < needs[2] + 0)) { print has[1] "." has[2] + 0; exit }
}')
case $older in
    '') ;;
    [0-2].*) echo "Traefik on the network $network is $older, and takes nothing of what is written for @TRAEFIK_VERSION@: upgrade it, or leave WithTraefik out, and a Caddy comes with the deployment." >&2; exit 1 ;;
    *) echo "Traefik on the network $network is $older, and takes nothing of what is written for @TRAEFIK_VERSION@: publish for it, .WithTraefik(\"$network\", version: \"$older\"), or upgrade it." >&2; exit 1 ;;
esac
for needed in @TRAEFIK_HAS@; do
    kind=${needed%%:*} name=${needed#*:}
    has=$(echo "$said" | sed -n -e "s/^--$kind\\.\\([^.=]*\\).*/\\1/p" -e "s/^traefik_${kind}_\\([^_=]*\\).*/\\1/p" | sort -u | tr '\n' ' ')
    case " $has" in
        ' ' | *" $name "*) ;;
        *) echo "Traefik on the network $network has no $name among its $kind, but ${has% }: name its own, .WithTraefik(\"$network\", certificateResolver: \"NAME\", httpsEntryPoint: \"NAME\", httpEntryPoint: \"NAME\")." >&2; exit 1 ;;
    esac
done
