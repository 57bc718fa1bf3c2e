# A setting from @FILE@, as a filter writes it for what surrounds it. NAME FILTER [DEFAULT]
setting() {
    text=$(sed -n -e "s/$(printf '\r')\$//" -e "s/^[[:space:]]*$1=/=/p" @FILE@ 2>/dev/null | tail -n 1)
    case $text in =*) text=${text#=} ;; *) text=${3:-} ;; esac
    [ -n "$text" ] || [ $# -gt 2 ] || { echo "$1 isn't set: set it in @FILE@." >&2; exit 1; }
    printf %s "$text" | "$2"
}
