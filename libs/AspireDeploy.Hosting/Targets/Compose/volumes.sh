# Waits until nobody writes to a volume any more but the service that is about to start. SERVICE SECONDS [VOLUME]...
alone() {
    service=$1 until=$(($(date +%s) + @TIMEOUT@))
    shift 2
    [ $# -gt 0 ] || return 0
    # After a deployment that was interrupted there may be an old container that stops beside a new one, which Compose would start meanwhile.
    old=$(docker compose ps --quiet --no-trunc --status running "$service")
    if [ -n "$old" ] && [ "$(containers "$service" | grep -c .)" -gt 1 ]; then
        say "$service waits for its container of an interrupted deployment to stop"
        echo "$old" | xargs docker stop >/dev/null
    fi
    waited=
    for volume in "$@"; do
        while :; do
            writer=
            for container in $(docker ps --quiet --no-trunc --filter "volume=$volume"); do
                # Those of this deployment share it because it was declared so.
                other=$(docker inspect --format "{{if ne (index .Config.Labels \"com.docker.compose.project\") \"@PROJECT@\"}}{{range .Mounts}}{{if and .RW (eq .Name \"$volume\")}}{{\$.Name}}{{end}}{{end}}{{end}}" "$container" 2>/dev/null || :)
                [ -z "$other" ] || writer=${other#/}
            done
            [ -n "$writer" ] || break
            if [ "$(date +%s)" -ge "$until" ]; then
                echo "The container $writer writes to the volume $volume, which is $service's: stop it (docker stop $writer), and run ./deploy.sh again. $service wasn't touched." >&2
                exit 1
            fi
            [ "$writer" = "$waited" ] || say "$service waits for the container $writer to leave the volume $volume"
            waited=$writer
            sleep 1
        done
    done
}
