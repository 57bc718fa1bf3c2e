# Why containers aren't healthy, as far as their programs tell: the last answer that was no good, to the question for their health.
# What is asked for stands last in the command that asks. CONTAINER...
# shellcheck disable=SC2016
cause_of() {
    what='{{$asked := ""}}{{with .Config.Healthcheck}}{{range .Test}}{{$asked = .}}{{end}}{{end}}{{println "asked" $asked}}'
    what=$what'{{println "started" (json .Config.Entrypoint)}}{{with .State.Health}}{{range .Log}}{{println .Output}}{{end}}{{end}}'
    for each in "$@"; do docker inspect --format "$what" "$each" 2>/dev/null || :; done | awk '
        $1 == "asked" { path = $2; sub(/^http:\/\/[^\/]*/, "", path) }
        $1 == "started" { dotnet = /"dotnet"/ }
        $1 == "GET" && $3 == "answers" { cause = path " answers " $4 }
        /^wget: server returned error: HTTP/ { cause = path " answers " $6 }
        END {
            if (dotnet && cause ~ /^\/(health|alive) answers 404$/)
                cause = cause ", as Aspire\047s template maps " path " in Development only: map it in every environment, in MapDefaultEndpoints of ServiceDefaults"
            if (cause != "") print "GET " cause
        }'
}

# Tells of that as soon as it is seen, and no more than once. SERVICE CONTAINER...
tell_cause() {
    waiting=$1
    shift
    seen=$(cause_of "$@")
    [ -z "$seen" ] || [ "$seen" = "$cause" ] || say "$waiting isn't healthy yet: $seen"
    [ -z "$seen" ] || cause=$seen
    case $seen in *' in Development only'*) misses=$((misses + 1)) ;; *) misses=0 ;; esac
}
cause=
misses=0
