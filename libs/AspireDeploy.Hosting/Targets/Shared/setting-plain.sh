# A setting from @FILE@, as a filter writes it for what surrounds it. NAME FILTER [DEFAULT]
setting() {
    text=$(read_setting "$1") || text=${3:-}
    [ -n "$text" ] || [ $# -gt 2 ] || { echo "$1 isn't set: set it in @FILE@." >&2; exit 1; }
    printf %s "$text" | "$2"
}
