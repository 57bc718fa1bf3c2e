# A job's file with what a person has put beside it: NAME.job.override.hcl comes into the job, NAME.group.override.hcl into its group, NAME.task.override.hcl into its own task. An argument that
# they have takes the place of the published one. NAME
merged() {
    awk -v name="$1" '
        function take(file, depth,    line, level) {
            while ((getline line <file) > 0) {
                added[depth] = added[depth] line "\n"
                if (level == 0 && line ~ /^[ \t]*[A-Za-z_][A-Za-z0-9_-]*[ \t]*=/) { split(line, words, /[ \t=]+/); own[depth, words[1] == "" ? words[2] : words[1]] = 1 }
                level += gsub(/[{[(]/, "&", line) - gsub(/[]})]/, "&", line)
            }
            close(file)
        }
        BEGIN { take(name ".job.override.hcl", 1); take(name ".group.override.hcl", 2); take(name ".task.override.hcl", 3) }
        # Lines of a text are no lines of the file.
        text != "" { if (kept) print; if ($0 == text) text = ""; next }
        {
            kept = 1
            if ($0 == "}") depth = 1
            else if ($0 == "  }" && inside >= 2) depth = 2
            else if ($0 == "    }" && inside == 3) depth = 3
            else depth = 0
            if (depth) { if (depth == inside) { printf "%s", added[depth]; inside-- } }
            if ($0 ~ /^job "/) inside = 1
            else if (inside == 1 && $0 ~ /^  group "/) inside = 2
            else if (inside == 2 && $0 == "    task \"" name "\" {") inside = 3
            else if (inside && match($0, /^ +/) == 1 && RLENGTH == 2 * inside && $2 == "=" && (inside, $1) in own) kept = 0
            if (kept) print
            if (match($0, /= <<EOT_*$/)) text = substr($0, RSTART + 4)
        }' "$1.nomad.hcl"
}

# The file that a job is run from. FILE
of() { if [ -f "$scratch/$1" ]; then echo "$scratch/$1"; else echo "$1"; fi; }

for file in *.job.override.hcl *.group.override.hcl *.task.override.hcl; do
    [ -f "$file" ] || continue
    name=${file%.*.override.hcl}
    [ -f "$name.nomad.hcl" ] || { echo "$file is for no job: there is no $name.nomad.hcl. Give it a job's name, or take it away." >&2; exit 1; }
    say "$file changes $name"
    merged "$name" >"$scratch/$name.nomad.hcl"
done
