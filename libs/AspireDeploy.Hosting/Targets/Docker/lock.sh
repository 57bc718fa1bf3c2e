# Lets one deployment of this folder run at a time: two would take each other's replicas away.
lock() {
    if ! mkdir .deploying 2>/dev/null; then
        [ -d .deploying ] || { echo "This folder can't be written: $PWD." >&2; exit 1; }
        other=$(cat .deploying/process 2>/dev/null || :)
        if [ -z "$other" ] || kill -0 "$other" 2>/dev/null || ps -p "$other" >/dev/null 2>&1; then
            echo "Another deploy.sh runs in this folder${other:+ (process $other)}: wait until it has ended. If none does, remove $PWD/.deploying." >&2
            exit 1
        fi
    fi
    echo $$ >.deploying/process
    trap 'unlock' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

