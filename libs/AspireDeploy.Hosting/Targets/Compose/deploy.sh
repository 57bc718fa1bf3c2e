#!/bin/sh
# Deploys @NAME@ @VERSION@: makes the secrets, starts what is needed first, runs the jobs, and only then puts new replicas beside the running ones, which stop
# once the new ones are healthy. If it fails, it says what and why, and the previous version goes on serving. Run again, it changes nothing.
#   --check   only finds out whether it can be deployed here
# Made by publishing: change the AppHost, not this file.
@BEGIN@compose=$(docker compose version --short 2>/dev/null) || { echo "Docker has no Compose plugin: install 2.24 or later." >&2; exit 1; }
case ${compose#v} in 2.[0-9].* | 2.1[0-9].* | 2.2[0-3].*) echo "Docker Compose $compose is too old: this needs 2.24 or later." >&2; exit 1 ;; esac
@FOREIGN_VOLUMES@@CHECKS@[ "$mode" != --check ] || exit 0

# Orphans are taken away at the end, and not before.
unset COMPOSE_IGNORE_ORPHANS COMPOSE_REMOVE_ORPHANS

@LOCK@# All containers of a service, in whatever state.
containers() { docker compose ps --all --quiet --no-trunc "$1"; }

# Takes away the replicas that a deployment had started and not yet found healthy when it was interrupted: those beside the ones that are noted. The
# note stays until they are gone. By the label, since the service may not be declared any more.
take_away_half_started() {
    [ -s .deploying/rolling ] || return 0
    read -r half kept <.deploying/rolling
    beside=$(docker ps --all --quiet --no-trunc --filter label=com.docker.compose.project=@PROJECT@ --filter label=com.docker.compose.oneoff=False --filter "label=com.docker.compose.service=$half") || return 1
    for container in $beside; do
        case " $kept " in *" $container "*) ;; *) docker rm --force --volumes "$container" >/dev/null || return 1 ;; esac
    done
    rm -f .deploying/rolling
}

unlock() {
    take_away_half_started || :
    release
}

# Ends the deployment with a container's last lines. SERVICE MESSAGE [CONTAINER...]
fail() {
    service=$1 message=$2
    shift 2
    for container in "$@"; do docker logs --tail 20 "$container" 2>&1 | sed "s/^/  $service | /" >&2; done
    echo "$service $message${cause:+ $cause.}" >&2
    exit 1
}

# Runs a command of Compose that says something only when it fails. ARGUMENT...
compose() {
    if ! said=$(docker compose "$@" 2>&1); then
        echo "$said" >&2
        return 1
    fi
}

lock
@ROTATION@./secrets.sh
@SETTINGS@@VERSIONS@docker compose config --quiet
@OVERRIDE@
take_away_half_started
# Those that were made and never started when Compose was interrupted: it would give the next one the same name.
left=$(docker compose ps --all --quiet --no-trunc --status created)
[ -z "$left" ] || echo "$left" | xargs docker rm --force >/dev/null

# What a container is in: STATE HEALTH RESTARTS EXITCODE, with - for no health check.
state() { docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}-{{end}} {{.RestartCount}} {{.State.ExitCode}}' "$1"; }

# JSON without the escapes that one writer makes and another doesn't.
plain() { sed -e 's/\\u003c/</g' -e 's/\\u003e/>/g' -e 's/\\u0026/\&/g'; }

# Whether a service has so many containers, each as the file declares it, of the same image, and in that state. SERVICE COUNT PATTERN
is_current() {
    # Our own mark: Compose's is another in another version of it, though nothing has changed.
    content=$(docker compose config --format json "$1" | plain | sed -n -e 's/\$\$/$/g' -e "s/.*\"aspiredeploy.content\": *\(\"$1 sha256-.*\"\),\{0,1\}\$/\1/p")
    mark=$(mark_of "$1")
    count=0
    for container in $(containers "$1"); do
        # Of the name that it was made from, the image may be another by now.
        name=$(docker inspect --format '{{.Config.Image}}' "$container")
        image=$(docker image inspect --format '{{.Id}}' "$name" 2>/dev/null) || return 1
        [ "$(docker inspect --format '{{json (index .Config.Labels "aspiredeploy.content")}} {{.Image}}{{with index .Config.Labels "aspiredeploy.override"}} {{.}}{{end}}' "$container" | plain)" = "$content $image$mark" ] || return 1
        # shellcheck disable=SC2254
        case $(state "$container") in $3) count=$((count + 1)) ;; *) return 1 ;; esac
    done
    [ "$count" = "$2" ]
}

is_running() { is_current "$1" "$2" 'running healthy *' || is_current "$1" "$2" 'running - *'; }

@CAUSE@
# Waits until containers are healthy, or run if they have no health check; fails as soon as one can't become so, or has had its time.
# SERVICE SECONDS CONTAINER...
healthy() {
    waited_for=$1 until=$(($(date +%s) + $2)) cause='' misses=0
    shift 2
    for container in "$@"; do
        while :; do
            now=$(state "$container") || return 1
            case $now in
                'running healthy '* | 'running - 0 '*) break ;;
                exited* | dead* | removing* | *' unhealthy '*) return 1 ;;
                # Started again and again isn't starting.
                *' '[3-9]' '* | *' '[1-9][0-9]*' '*) return 1 ;;
            esac
            tell_cause "$waited_for" "$container"
            # ASP.NET listens once everything is mapped.
            [ "$misses" -lt 10 ] || return 1
            [ "$(date +%s)" -lt "$until" ] || return 1
            sleep 1
        done
        cause=
    done
}

# Runs a job to completion. SERVICE SECONDS CODE
job() {
    if is_current "$1" 1 "exited * $3"; then
        say "$1 has completed already"
        return
    fi
    say "$1 runs"
    compose up --detach --no-deps --force-recreate --quiet-pull "$1" || fail "$1" "couldn't be started. Nothing that runs was changed."
    container=$(containers "$1")
    until=$(($(date +%s) + $2))
    while :; do
        case $(state "$container") in exited* | dead*) break ;; esac
        if [ "$(date +%s)" -ge "$until" ]; then
            docker stop "$container" >/dev/null
            fail "$1" "took longer than $2 s. Those who wait for it weren't touched: the previous version goes on serving." "$container"
        fi
        sleep 1
    done
    code=$(docker inspect --format '{{.State.ExitCode}}' "$container")
    [ "$code" = "$3" ] || fail "$1" "ended with $code. Those who wait for it weren't touched: the previous version goes on serving." "$container"
    say "$1 completed"
    changed=1
}

@VOLUMES@# Starts a service, or puts its new version in the old one's place. SERVICE SECONDS [VOLUME]...
replace() {
    if is_running "$1" 1; then
        say "$1 is up to date"
        return
    fi
    say "$1 starts"
@ALONE@@TELL@    compose up --detach --no-deps --quiet-pull "$1" || fail "$1" "couldn't be started."
    # shellcheck disable=SC2046
    healthy "$1" "$2" $(containers "$1") || fail "$1" "isn't healthy. Nothing that waits for it was touched." $(containers "$1")
    say "$1 is healthy"
    changed=1
}

# Puts new replicas beside the old ones, which stop once the new ones are healthy: each after so many seconds, in which Traefik hears of the change before it, if it serves them.
# SERVICE COUNT SECONDS [PAUSE]
roll() {
    if is_running "$1" "$2"; then
        say "$1 is up to date"
        return
    fi
    old=$(docker compose ps --quiet --no-trunc --status running "$1" | tr '\n' ' ')
    for container in $(containers "$1"); do
        case " $old" in *" $container "*) ;; *) docker rm --force --volumes "$container" >/dev/null ;; esac
    done
    # shellcheck disable=SC2086
    running=$(set -- $old; echo $#)
    say "$1: $2 start beside $running running"
    started=1
@TELL@    echo "$1 $old" >.deploying/rolling
    compose up --detach --no-deps --quiet-pull --no-recreate --scale "$1=$(($2 + running))" "$1" || started=
    new=
    for container in $(containers "$1"); do
        case " $old" in *" $container "*) ;; *) new="$new $container" ;; esac
    done
    # shellcheck disable=SC2086
    if [ -z "$started" ] || ! healthy "$1" "$3" $new; then
        for container in $new; do docker logs --tail 20 "$container" 2>&1 | sed "s/^/  $1 | /" >&2; done
        [ -z "$new" ] || docker rm --force --volumes $new >/dev/null
        rm -f .deploying/rolling
        fail "$1" "isn't healthy. Its new replicas were taken away: the previous version goes on serving."
    fi
    rm -f .deploying/rolling
    say "$1 is healthy"
    for container in $old; do
        [ -z "${4:-}" ] || sleep "$4"
        docker stop "$container" >/dev/null
        docker rm --volumes "$container" >/dev/null
    done
    [ "$running" = 0 ] || say "$1: $running old stopped"
    changed=1
}

# Starts the gateway, and gives it its configuration without a pause. SERVICE
gateway() {
    if ! is_running "$1" 1; then
        compose up --detach --no-deps --quiet-pull "$1" || fail "$1" "couldn't be started."
        # shellcheck disable=SC2046
        healthy "$1" 120 $(containers "$1") || fail "$1" "isn't healthy." $(containers "$1")
        say "$1 is healthy"
        changed=1
    fi
    compose exec -T "$1" caddy reload --config /etc/caddy/Caddyfile --adapter caddyfile || fail "$1" "doesn't take its new configuration and goes on with the old one."
}

@ASK_FUNCTION@
@PRUNE_FUNCTION@@ORDER@
for service in $added; do
    before=$(containers "$service")
    compose up --detach --no-deps --quiet-pull "$service" || fail "$service" "couldn't be started."
    [ "$(containers "$service")" = "$before" ] || { say "$service is started"; changed=1; }
done
compose up --no-start --no-recreate --remove-orphans
@ASK@@PRUNE@if [ -n "$changed" ]; then say "deployed"; else say "nothing changed"; fi
