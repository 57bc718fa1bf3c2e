
# What a person has put beside compose.yaml, and Compose merges over it by itself: compose.override.yaml, or what COMPOSE_FILE names after compose.yaml.
over=${COMPOSE_FILE-}
over=${over#compose.yaml}
if [ -z "${COMPOSE_FILE-}" ] && ! grep -q '^ *COMPOSE_FILE=' .env 2>/dev/null; then
    for file in compose.override.yml compose.override.yaml docker-compose.override.yml docker-compose.override.yaml; do
        [ -n "$over" ] || [ ! -f "$file" ] || over=:$file
    done
fi

# A service's part of a configuration as Compose prints it. CONFIGURATION SERVICE
part() {
    printf '%s\n' "$1" | awk -v name="$2" '
        /^[^ ]/ { services = $1 == "services:" }
        /^  [^ ]/ { key = $1; gsub(/["\047]|:$/, "", key); mine = key == name }
        services && mine'
}

# What differs between two of them, in a few digits. BEFORE AFTER
difference() {
    printf '%s\n=\n%s\n' "$1" "$2" | awk '
        $0 == "=" { after = 1; next }
        !after { before[$0]++; next }
        before[$0] > 0 { before[$0]--; next }
        { print "+" $0 }
        END { for (line in before) while (before[line]-- > 0) print "-" line }' | LC_ALL=C sort | sha256sum | cut -c 1-16
}

# Containers get a mark of what was made of their service, by which is seen that they have it. SERVICE
mark_of() {
    for mark in $marks; do
        case $mark in "$1="*) echo " ${mark#*=}" ;; esac
    done
}

marks='' touched='' added=''
if [ -n "$over" ]; then
    published=$(COMPOSE_FILE=compose.yaml docker compose config) merged=$(docker compose config)
    for service in $(docker compose config --services | LC_ALL=C sort); do
        before=$(part "$published" "$service") after=$(part "$merged" "$service")
        if [ -z "$before" ]; then
            added="$added $service"
        elif [ "$before" != "$after" ]; then
            marks="$marks $service=$(difference "$before" "$after")"
            touched="${touched:+$touched, }$service"
        fi
    done
    say "${over#:} changes ${touched:-nothing that is published}${added:+, and adds$added}"
    if [ -n "$marks" ]; then
        {
            echo services:
            for mark in $marks; do printf '  %s:\n    labels:\n      aspiredeploy.override: "%s"\n' "${mark%%=*}" "${mark#*=}"; done
        } >.deploying/override.yaml
        COMPOSE_FILE=compose.yaml$over:.deploying/override.yaml COMPOSE_PATH_SEPARATOR=:
        export COMPOSE_FILE COMPOSE_PATH_SEPARATOR
    fi
fi
