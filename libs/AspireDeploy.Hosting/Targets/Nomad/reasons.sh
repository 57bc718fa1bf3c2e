# Whether a line that a command left in a file says this. TEXT
ran_into() { grep -q -E -e "$1" "$scratch/run"; }

# Why a job's replicas aren't ready, in a line each: where none can be placed, for whom one waits, what its task does, which check fails. JOB VERSION TASK
reasons() {
    sed -n 's/^ *\* *\(.*\)/no client takes it: \1/p' "$scratch/run" | sort -u
    allocations "$1" "$2" | while read -r status allocation; do
        [ "$status" = running ] || [ "$status" = pending ] || continue
        # The dollars are the template's.
        # shellcheck disable=SC2016
        states=$(nomad alloc status -t '{{ range $task, $state := .TaskStates }}{{ $task }} {{ $state.State }}{{ range $state.Events }} | {{ .DisplayMessage }}{{ end }}{{ "\n" }}{{ end }}' "$allocation" 2>/dev/null | sed 's/^\([^|]*\)|.*|/\1|/')
        short=$(echo "$allocation" | cut -c 1-8)
        case $states in
            *'wait running'*) nomad alloc logs -tail -n 1 "$allocation" wait 2>/dev/null | tail -n 1 | sed "s/^/$short /" ;;
            *"$3 running"*)
                nomad alloc checks -t '{{ range . }}{{ if ne .Status "success" }}check {{ .Check }} is {{ .Status }}{{ if .StatusCode }} with {{ .StatusCode }}{{ end }}: {{ .Output }}{{ "\n" }}{{ end }}{{ end }}' "$allocation" 2>/dev/null |
                    sed -e '/^$/d' -e "s/^/$short /" -e "s|with 404: .*|with 404. If it asks for /health or /alive: Aspire's template maps them in Development only, so map them in every environment, in MapDefaultEndpoints of ServiceDefaults|"
                ;;
            *) echo "$states" | sed -n "s/^$3 [a-z]* *| */$short /p" ;;
        esac
    done
}

# Says what is new of the reasons, a few seconds after a job was handed over and from then on. JOB VERSION TASK
tell() {
    now=$(reasons "$@" 2>/dev/null | sort -u | head -n 5)
    [ -z "$now" ] || [ "$now" = "$last" ] || echo "$now" | while read -r line; do say "$3: $line"; done
    last=$now
}
