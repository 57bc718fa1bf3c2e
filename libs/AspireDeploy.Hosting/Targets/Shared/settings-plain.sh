# Reads @FILE@ as kustomize does: NAME=value, the value as it is to the end of the line. The file alone counts, not the environment. With a name it prints what is set, and ends with 1 if nothing
# is; without one it refuses what another reader might take in another way. [NAME]
read_setting() {
    [ -f @FILE@ ] || return 1
    LC_ALL=C awk -v wanted="${1:-}" '
        function refuse(reason) {
            printf "@FILE@, line %d: %s\n", NR, reason | "cat >&2"
            close("cat >&2")
            failed = 1
            exit 1
        }
        NR == 1 && substr($0, 1, 3) == "\357\273\277" { $0 = substr($0, 4) }
        { sub(/\r$/, ""); sub(/^[ \t\r\f\v]+/, "") }
        $0 == "" || /^#/ { next }
        {
            if (!match($0, /^[A-Za-z_][A-Za-z0-9_]*=/)) refuse("it is no NAME=value, the name of letters, digits and underscores, with nothing before or after it.")
            name = substr($0, 1, RLENGTH - 1)
            if (name in seen) refuse(name " is set a second time: take one of the lines out.")
            if (name ~ /@TOOLS@/) refuse(name " is for the tools that deploy, and not all of them read it here: take the line out, and set it in the environment of the script.")
            seen[name] = 1
            if (name == wanted) {
                value = substr($0, RLENGTH + 1)
                found = 1
            }
        }
        END {
            if (failed) exit 1
            if (wanted != "" && !found) exit 1
            printf "%s", value
        }' @FILE@
}
