# Reads .env as Docker Compose does, which takes it for no program: NAME=value, the value in quotes where it needs them. Prints what sets the variables; one that is set in the
# environment already stays. What Compose would fill in, or another reader might take in another way, is refused.
read_settings() {
    [ -f .env ] || return 0
    LC_ALL=C awk -v quote="'" '
        function refuse(reason) {
            printf ".env, line %d: %s\n", line, reason | "cat >&2"
            close("cat >&2")
            failed = 1
            exit 1
        }
        function expanded(text,    out, at) {
            out = ""
            while (at = index(text, "$")) {
                if (substr(text, at + 1, 1) != "$") refuse("$ stands for another variable; write $$ for the sign itself, or put the value into single quotes.")
                out = out substr(text, 1, at)
                text = substr(text, at + 2)
            }
            return out text
        }
        # Up to the quote that closes; what follows it is left in rest.
        function quoted(text, mark,    out, at, letter, next_letter) {
            out = ""
            for (at = 1; at <= length(text); at++) {
                letter = substr(text, at, 1)
                if (letter == mark) {
                    rest = substr(text, at + 1)
                    return out
                }
                if (letter == "\n") lines++
                if (letter == "\\") {
                    next_letter = substr(text, ++at, 1)
                    if (next_letter == "\n") lines++
                    if (next_letter == mark) out = out mark
                    else if (mark == quote) out = out "\\" next_letter
                    else if (next_letter == "\\" || next_letter == "$") out = out next_letter
                    else if (next_letter == "n") out = out "\n"
                    else if (next_letter == "r") out = out "\r"
                    else if (next_letter == "t") out = out "\t"
                    else refuse("\\" next_letter " in double quotes stands for something else; write \\\\ for the sign itself, or put the value into single quotes.")
                } else if (letter == "$" && mark != quote) {
                    if (substr(text, ++at, 1) != "$") refuse("$ stands for another variable; write \\$ for the sign itself, or put the value into single quotes.")
                    out = out "$"
                } else out = out letter
            }
            refuse("the quote isn" quote "t closed.")
        }
        function in_shell(text,    parts, count, i, out) {
            count = split(text, parts, quote)
            out = parts[1]
            for (i = 2; i <= count; i++) out = out quote "\\" quote quote parts[i]
            return quote out quote
        }
        { text = text $0 "\n" }
        END {
            if (substr(text, 1, 3) == "\357\273\277") text = substr(text, 4)
            for (line = 1; text != ""; line += lines) {
                lines = 0
                sub(/^[ \t\r\f\v]+/, "", text)
                end = index(text, "\n")
                if (end == 1 || substr(text, 1, 1) == "#") {
                    text = substr(text, end + 1)
                    lines = 1
                    continue
                }
                sub(/^export[ \t]+/, "", text)
                if (!match(text, /^[A-Za-z_][A-Za-z0-9_]*[ \t]*=/)) refuse("it is no NAME=value, the name of letters, digits and underscores.")
                name = substr(text, 1, RLENGTH - 1)
                sub(/[ \t]+$/, "", name)
                text = substr(text, RLENGTH + 1)
                sub(/^[ \t]+/, "", text)
                first = substr(text, 1, 1)
                if (first == quote || first == "\"") {
                    value = quoted(substr(text, 2), first)
                    end = index(rest, "\n")
                    if (substr(rest, 1, end - 1) !~ /^[ \t\r]*(#.*)?$/) refuse("something follows the closing quote.")
                    text = substr(rest, end + 1)
                } else {
                    if (first == "#") refuse("the value begins with #; put it into single quotes.")
                    end = index(text, "\n")
                    value = substr(text, 1, end - 1)
                    text = substr(text, end + 1)
                    if (end = index(value, " #")) value = substr(value, 1, end - 1)
                    sub(/[ \t\r\f\v]+$/, "", value)
                    value = expanded(value)
                }
                lines++
                if (name ~ /@TOOLS@/) refuse(name " is for the tools that deploy, and not all of them read it here: take the line out, and set it in the environment of the script.")
                if (!(name in values)) names[++count] = name
                values[name] = value
            }
            for (i = 1; i <= count; i++) {
                value = values[names[i]]
@ESCAPE@                printf "[ -n \"${%s+set}\" ] || %s=%s\nexport %s\n", names[i], names[i], in_shell(value), names[i]
            }
        }' .env
}
