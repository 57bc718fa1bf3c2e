# Bytes from the standard input for a text of JSON. Only letters and digits stay as they are, as az takes comments out of what it reads. A byte beyond ASCII is the shell's own printf's: not every awk writes
# one as it is.
json() {
    printf %b "$(od -An -v -tu1 | awk '{
        for (i = 1; i <= NF; i++) {
            if ($i >= 128) printf "\\0%03o", $i
            else if (($i >= 48 && $i <= 57) || ($i >= 65 && $i <= 90) || ($i >= 97 && $i <= 122)) printf "%c", $i + 0
            else printf "\\\\u%04x", $i
        }
    }')"
}

# An output of the environment. NAME
output() {
    line=1
    for each in @OUTPUTS@; do
        [ "$each" != "$1" ] || sed -n "${line}p" "$scratch/values"
        line=$((line + 1))
    done
}

# Writes a module's parameters to a file. FILE [NAME KIND OF]...
parameters() {
    into=$1
    shift
    {
        printf '{"parameters":{'
        comma=
        while [ $# -gt 2 ]; do
            printf '%s"%s":{"value":' "$comma" "$1"
            case $2 in
                truth) printf %s "$3" ;;
                output) printf '"%s"' "$(output "$3" | tr -d '\n' | json)" ;;
                image | host) printf '"%s"' "$(tr -d '\n' <"$scratch/$2.$3" | json)" ;;
                secret) printf '"%s"' "$(printf %s "$(cat "secrets/$3")" | json)" ;;
                setting) printf '"%s"' "$({ read_setting "${3%%=*}" || printf %s "${3#*=}"; } | json)" ;;
                *) printf '"%s"' "$(printf %s "$3" | json)" ;;
            esac
            printf '}'
            comma=,
            shift 3
        done
        printf '}}'
    } >"$into"
}
