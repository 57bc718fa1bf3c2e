# A job, started and awaited. LABEL FILE SECONDS [NAME KIND OF]...
job() {
    label=$1 file=$2 seconds=$3
    shift 3
    untouched="Those who wait for it weren't touched: the version before goes on serving."
    module "$label" "$file" "$untouched" @RUNS@ truth false "$@"
    [ "$mode" != --dry-run ] || return 0
    until=$(($(date +%s) + seconds))
    path=Microsoft.App/jobs/$label
    # Two at once would migrate against each other: a run that was ended has left its own behind.
    told=
    while :; do
        busy=$(ask_azure get "$path/executions" "value[?properties.status == 'Running' || properties.status == 'Processing'].name")
        [ -n "$busy" ] || break
        busy=$(printf '%s\n' "$busy" | head -n 1)
        [ -n "$told" ] || say "$label runs already ($busy), of a deployment before: this waits for that"
        told=1
        [ "$(date +%s)" -lt "$until" ] || { echo "$label still runs ($busy), of a deployment before. $untouched It ends with: az containerapp job stop --name $label --resource-group $group --job-execution-name $busy" >&2; exit 1; }
        sleep 1
    done
    until=$(($(date +%s) + seconds))
    before=$(ask_azure get "$path/executions" 'value[].name')
    before=" $(printf '%s\n' "$before" | tr '\n' ' ')"
    execution=$(ask_azure post "$path/start" name) || { echo "$label couldn't be started. $untouched" >&2; exit 1; }
    # Starting it may tell which execution that is, or only that there is going to be one.
    [ "$execution" != None ] || execution=
    while [ -z "$execution" ]; do
        there=$(ask_azure get "$path/executions" 'value[].name')
        for each in $there; do
            case $before in *" $each "*) ;; *) execution=$each ;; esac
        done
        [ -z "$execution" ] || break
        [ "$(date +%s)" -lt "$until" ] || { echo "$label didn't begin within $seconds s. $untouched" >&2; exit 1; }
        sleep 1
    done
    say "$label runs ($execution)"
    while :; do
        status=$(ask_azure get "$path/executions/$execution" properties.status)
        case $status in
            Succeeded) break ;;
            Failed | Stopped | Degraded)
                echo "$label failed ($status). $untouched Its log: az containerapp job logs show --name $label --resource-group $group --container $label --execution $execution" >&2
                exit 1
                ;;
        esac
        if [ "$(date +%s)" -ge "$until" ]; then
            ask_azure post "$path/executions/$execution/stop" name >/dev/null 2>&1 || :
            echo "$label took longer than $seconds s. $untouched" >&2
            exit 1
        fi
        sleep 1
    done
    say "$label completed"
}

# Why a revision isn't ready, in a line. LABEL REVISION
reason() {
    {
        # It may be too early to tell, and it is asked for again.
        patience=1
        ask_azure get "Microsoft.App/containerApps/$1/revisions/$2" "[properties.provisioningError || '', properties.runningStateDetails || '']" || :
        ask_azure get "Microsoft.App/containerApps/$1/revisions/$2/replicas" "value[].properties.containers[].runningStateDetails" || :
    } 2>/dev/null | sed -e '/^$/d' -e '/^None$/d' | sort -u | head -n 3 | tr '\n' ' ' | cut -c 1-300
}

# A service, which is done when its latest revision is ready. LABEL FILE SECONDS MESSAGE [NAME KIND OF]...
service() {
    label=$1 file=$2 seconds=$3 before_it=$4
    shift 4
    module "$label" "$file" "$before_it" "$@"
    [ "$mode" != --dry-run ] || return 0
    until=$(($(date +%s) + seconds))
    last='' again=
    while :; do
        state=$(ask_azure get "Microsoft.App/containerApps/$label" "join('|', [properties.latestRevisionName || '', properties.latestReadyRevisionName || ''])")
        latest=${state%%|*}
        [ -z "$latest" ] || [ "$latest" != "${state#*|}" ] || break
        why=
        if [ -n "$latest" ]; then
            why=$(reason "$label" "$latest")
            [ -z "$why" ] || [ "$why" = "$last" ] || say "$label: ${why% }"
            last=$why
            # It isn't tried again, unless somebody asks for that.
            [ "$(ask_azure get "Microsoft.App/containerApps/$label/revisions/$latest" "properties.provisioningState")" != Failed ] || until=0 again=" It isn't tried again unless its module changes, or by: az containerapp revision restart --name $label --resource-group $group --revision $latest."
        fi
        if [ "$(date +%s)" -ge "$until" ]; then
            echo "$label isn't ready${why:+ (${why% })}. $before_it$again Its log: az containerapp logs show --name $label --resource-group $group --revision ${latest:-REVISION} --type system" >&2
            exit 1
        fi
        sleep 1
    done
    say "$label is ready ($latest)"
}
