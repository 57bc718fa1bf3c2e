set -eu
cd "$(dirname "$0")"
began=$(date +%s)
changed=

mode=${1:-}
case $mode in
    '' | --check) ;;
    *) echo "usage: ./deploy.sh [--check]" >&2; exit 2 ;;
esac

say() { printf '%4ds  %s\n' "$(($(date +%s) - began))" "$1"; }

engine=$(docker version --format '{{.Server.Version}}') || { echo "Docker doesn't answer: start it, or see whether you may use it (docker info)." >&2; exit 1; }
[ "${engine%%.*}" -ge 25 ] || { echo "Docker $engine is too old: this needs 25 or later." >&2; exit 1; }
