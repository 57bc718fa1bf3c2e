set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
# What is set for another project in this shell isn't meant; files beside this one's are.
unset COMPOSE_PROJECT_NAME COMPOSE_PROFILES COMPOSE_ENV_FILES
case ${COMPOSE_FILE-compose.yaml} in compose.yaml | compose.yaml:*) ;; *) unset COMPOSE_FILE ;; esac
began=$(date +%s)
changed=

mode=${1:-}
case $mode in
    '' | --check) ;;
    *) echo "usage: ./deploy.sh [--check]" >&2; exit 2 ;;
esac

@SETTINGS@
@CONTEXT@
say() { printf '%4ds  %s\n' "$(($(date +%s) - began))" "$1"; }

command -v sha256sum >/dev/null || { echo "There is no sha256sum, by which is seen what has changed: install it (coreutils)." >&2; exit 1; }
engine=$(docker version --format '{{.Server.Version}}') || { echo "Docker doesn't answer: start it, or see whether you may use it (docker info)." >&2; exit 1; }
[ "${engine%%.*}" -ge 25 ] || { echo "Docker $engine is too old: this needs 25 or later." >&2; exit 1; }
