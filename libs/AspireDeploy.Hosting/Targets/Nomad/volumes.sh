# The ids of the volumes of exactly this name. VOLUME
ids() {
    all=$(nomad volume status -type @VOLUME_TYPE@) || return 1
    echo "$all" | awk -v name="$1" '$1 == name || $2 == name { print $1 }'
}

# What hasn't ended of allocations that are listed as ALLOCATION JOB DESIRED CLIENT STATUS: ALLOCATION JOB DESIRED CLIENT.
unfinished() { awk '$5 == "pending" || $5 == "running" || $5 == "unknown" { print $1, $2, $3, $4 }'; }

# Who has a volume and hasn't ended. VOLUME
users() {
    volumes=$(ids "$1") || return 1
    for id in $volumes; do
        all=$(nomad volume status -type @VOLUME_TYPE@ -t '{{ range .Allocations }}{{ printf "%s %s %s %s %s\n" .ID .JobID .DesiredStatus .NodeName .ClientStatus }}{{ end }}' "$id") || return 1
        echo "$all" | unfinished
    done
}

# Allocations as a person reads them: 0f8e2a41 of shop-postgres on client-1.
told() { awk '{ printf "%s%s of %s on %s", comma, substr($1, 1, 8), $2, $4; comma = ", " }'; }
