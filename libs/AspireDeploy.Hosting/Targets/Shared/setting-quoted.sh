
# A setting, as a filter writes it for what surrounds it. NAME FILTER [DEFAULT]
setting() {
    if eval "[ -n \"\${$1+set}\" ]"; then eval "text=\$$1"; else text=${3:-}; fi
    [ -n "$text" ] || [ $# -gt 2 ] || { echo "$1 isn't set: set it in .env." >&2; exit 1; }
    printf %s "$text" | "$2"
}
