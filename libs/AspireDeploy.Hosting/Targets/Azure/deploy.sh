#!/bin/sh
# Deploys @NAME@ @VERSION@ to Azure Container Apps with the Azure CLI: the resource group with the environment, the images, and then one module after another in their order. A job is started and awaited;
# a service is done when its latest revision is ready. Run again, it changes nothing but that jobs run again.
#   --check     only finds out whether it can be deployed there
#   --dry-run   only shows what would change
# AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP and AZURE_LOCATION say where. Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
began=$(date +%s)

mode=${1:-}
case $mode in
    '' | --check | --dry-run) ;;
    *) echo "usage: ./deploy.sh [--check | --dry-run]" >&2; exit 2 ;;
esac

say() { printf '%4ds  %s\n' "$(($(date +%s) - began))" "$1"; }

@SETTINGS@
# Ends the deployment if a setting isn't set. NAME
required() {
    chosen=$(read_setting "$1" || :)
    [ -n "$chosen" ] || { echo "$1 isn't set: set it in settings.env." >&2; exit 1; }
}
[ ! -f settings.env ] || read_setting >/dev/null

@WHERE@
location=${AZURE_LOCATION:-@LOCATION@}
location=${location:-$place}
[ -n "$location" ] || { echo "Where to deploy isn't said: set AZURE_LOCATION to a region (az account list-locations --query [].name --output tsv), or declare one, .WithLocation(\"REGION\"), and publish again." >&2; exit 1; }
case $location in *[!a-z0-9]*) region= ;; *) region=$(attempt "Azure doesn't tell which regions it has" rest --method get --url "/subscriptions/$subscription/locations?api-version=2022-12-01" --query "value[?name=='$location'].displayName" --output tsv) ;; esac
[ -n "$region" ] || { echo "\"$location\" is no region of Azure: set AZURE_LOCATION to one (az account list-locations --query [].name --output tsv)." >&2; exit 1; }
[ -z "$place" ] || [ "$place" = "$location" ] || { echo "The resource group $group is in $place, not in $location: set AZURE_LOCATION to $place, or AZURE_RESOURCE_GROUP to another group." >&2; exit 1; }
say "the resource group $group of the subscription $subscription_name, in $location"

# Ends the deployment where the region hasn't got a service. TITLE NAMESPACE TYPE
served() {
    regions=$(attempt "Azure doesn't tell where $1 is" provider show --namespace "$2" --query "resourceTypes[?resourceType=='$3'].locations[]" --output tsv)
    printf '%s\n' "$regions" | grep -F -x -q -e "$region" || {
        echo "$location has no $1: set AZURE_LOCATION to a region that has (az provider show --namespace $2 --query \"resourceTypes[?resourceType=='$3'].locations[]\" --output tsv)." >&2
        exit 1
    }
}
@SERVED@
# Whether one may do something in the subscription: one of one's roles allows it, and doesn't take it back. ACTION
may() {
    printf '%s\n' "$roles" | awk -F '\t' -v action="$1" '
        function covers(patterns, count, list, i) {
            count = split(tolower(patterns), list, " ")
            for (i = 1; i <= count; i++) {
                gsub(/[.]/, "[.]", list[i])
                gsub(/[*]/, ".*", list[i])
                if (tolower(action) ~ ("^" list[i] "$")) return 1
            }
            return 0
        }
        covers($1) && !covers($2) { found = 1 }
        END { exit !found }'
}
if roles=$(az rest --method get --url "/subscriptions/$subscription/providers/Microsoft.Authorization/permissions?api-version=2022-04-01" --query "value[].[join(' ', actions), join(' ', notActions)]" --output tsv 2>/dev/null); then
    for action in Microsoft.Resources/deployments/write Microsoft.App/containerApps/write Microsoft.Authorization/roleAssignments/write; do
        may "$action" || {
            echo "You may not do $action in the subscription $subscription_name: have Owner given to you there, or Contributor with User Access Administrator (az role assignment create), or have somebody deploy who has it." >&2
            exit 1
        }
    done
else
    say "nobody has asked what you may do, since your account may not read it"
fi
[ "$mode" != --check ] || exit 0
@REQUIRED@
scratch=
# A command that is still running ends with this.
running=
@LOCK@unlock() {
    [ -z "$running" ] || kill "$running" 2>/dev/null || :
    [ -z "$scratch" ] || rm -rf "$scratch"
    release
}

lock
# For this user alone: parameters are written there, and secrets are among them.
umask 077
./secrets.sh
# Beside the secrets, where the next run takes away what one leaves behind that was killed.
scratch=$PWD/secrets/.work.$$
mkdir "$scratch"

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

# Asks Azure's REST API about what is in the resource group, again for a minute or so where it doesn't answer. METHOD PATH QUERY
ask_azure() {
    tries=0
    until az rest --method "$1" --url "/subscriptions/$subscription/resourceGroups/$group/providers/$2?api-version=2025-07-01" --query "$3" --output tsv 2>"$scratch/refusal"; do
        tries=$((tries + 1))
        if [ "$1" != get ] || [ "$tries" -ge "${patience:-30}" ]; then
            why=$(complaint <"$scratch/refusal")
            echo "Azure doesn't answer about ${2#*/}: ${why:-az says nothing}. What was begun there goes on: run ./deploy.sh again." >&2
            return 1
        fi
        sleep 1
    done
}

# What has failed of a deployment in the resource group, in a line. NAME
failures() {
    az deployment operation group list --resource-group "$group" --name "$1" --query "[?properties.provisioningState=='Failed'].join(' ', [properties.targetResource.resourceName || '', properties.statusMessage.error.code || '', properties.statusMessage.error.message || ''])" --output tsv 2>/dev/null | tr '\n\t' '  ' | cut -c 1-500 | sed 's/[. ]*$//'
}

# Why a deployment failed, in a line: what failed in it; or what az said, where it didn't begin, and what there is of that name is of one before. NAME
reason_of() {
    why=
    ! grep -q DeploymentFailed "$scratch/said" || why=$(failures "$1")
    [ -n "$why" ] || why=$(complaint <"$scratch/said")
    printf %s "${why:-az says nothing}"
}

# Waits for the command that deploys, and says what it waits for. NAME
deployed() {
    last='' asked=$(date +%s)
    while kill -0 "$running" 2>/dev/null; do
        sleep 1
        [ "$(($(date +%s) - asked))" -ge 15 ] || continue
        asked=$(date +%s)
        now=$(az deployment operation group list --resource-group "$group" --name "$1" --query "[?properties.provisioningState=='Running'].properties.targetResource.resourceType" --output tsv 2>/dev/null | sort -u | tr '\n' ' ') || now=
        [ -z "$now" ] || [ "$now" = "$last" ] || say "$1 waits for ${now% }"
        last=$now
    done
    code=0
    wait "$running" || code=$?
    running=
    return "$code"
}

# Has az deploy, once no deployment of that name goes on any more: that of a run which was ended does, and somebody else's may. NAME WORD...
deploys() {
    named=$1
    shift
    told=
    while :; do
        command az deployment "$@" --no-prompt true --output none --subscription "$subscription" --only-show-errors >"$scratch/said" 2>&1 &
        running=$!
        ! deployed "$named" || return 0
        grep -q DeploymentActive "$scratch/said" || return 1
        [ -n "$told" ] || say "$named is being deployed already, by somebody else or by a run that was ended: this waits for that"
        told=1
        sleep 5
    done
}

# Deploys a module. LABEL FILE MESSAGE [NAME KIND OF]...
module() {
    label=$1 file=$2 message=$3
    shift 3
    parameters "$scratch/$label.json" "$@"
    if [ "$mode" = --dry-run ]; then
        say "az deployment group what-if --resource-group $group --template-file $file"
        az deployment group what-if --resource-group "$group" --template-file "$file" --parameters "@$scratch/$label.json" --no-prompt true
        return
    fi
    say "az deployment group create --resource-group $group --name $label --template-file $file"
    deploys "$label" group create --resource-group "$group" --name "$label" --template-file "$file" --parameters "@$scratch/$label.json" || {
        echo "$label wasn't deployed: $(reason_of "$label"). $message" >&2
        exit 1
    }
}

# The environment with its network, registry and data, and the resource group if there is none yet.
environment() {
    makes_group=true
    [ -z "$place" ] || makes_group=false
    parameters "$scratch/main.json" location text "$location" groupName text "$group" makesGroup truth "$makes_group"
    # A name stays in its location: two are never one, however much is cut off.
    name=$(printf %s "$location-$group" | cut -c 1-64)
    if [ "$mode" = --dry-run ]; then
        say "az deployment sub what-if --location $location --template-file @MAIN@"
        az deployment sub what-if --location "$location" --template-file @MAIN@ --parameters "@$scratch/main.json" --no-prompt true
        return
    fi
    say "az deployment sub create --name $name --location $location --template-file @MAIN@"
    deploys @ENVIRONMENT@ sub create --name "$name" --location "$location" --template-file @MAIN@ --parameters "@$scratch/main.json" || {
        echo "The environment wasn't deployed: $(reason_of @ENVIRONMENT@). What runs wasn't touched." >&2
        exit 1
    }
}

# The image of a workload in the environment's registry, by its digest: what is on this machine is pushed. LABEL IMAGE
image() {
    registry=$(output @REGISTRY@)
    short=${registry%%.*}
    if [ "$mode" != --dry-run ] && command -v docker >/dev/null && docker image inspect "$2" >/dev/null 2>&1; then
        [ -e "$scratch/pushes" ] || { say "az acr login --name $short"; az acr login --name "$short" >"$scratch/said" 2>&1 || { echo "You can't push to $registry: $(complaint <"$scratch/said")." >&2; exit 1; }; }
        : >"$scratch/pushes"
        say "docker image push $registry/$2"
        docker image tag "$2" "$registry/$2"
        docker image push --quiet "$registry/$2" >"$scratch/said" 2>&1 || { echo "$2 couldn't be pushed to $registry: $(tail -n 1 "$scratch/said")" >&2; exit 1; }
        : >"$scratch/pushed.$1"
    fi
    if digest=$(az acr repository show --name "$short" --image "$2" --query digest --output tsv 2>"$scratch/said") && [ -n "$digest" ]; then
        printf %s "$registry/${2%:*}@$digest" >"$scratch/image.$1"
    elif [ "$mode" = --dry-run ]; then
        say "would push $2"
        printf %s "$registry/$2" >"$scratch/image.$1"
    elif [ -e "$scratch/pushed.$1" ]; then
        echo "$registry doesn't tell the digest of $2, which was pushed: $(complaint <"$scratch/said"). Run ./deploy.sh again." >&2
        exit 1
    else
        echo "There is no image $2 of $1, neither here (docker image ls) nor in $registry: build it, or deploy from the AppHost, which does (aspire do deploy-@TARGET@)." >&2
        exit 1
    fi
}

# A server that Azure runs. LABEL FILE [NAME KIND OF]...
server() {
    label=$1 file=$2
    shift 2
    module "$label" "$file" "What runs wasn't touched." "$@"
    # Before it is there, its name isn't known.
    az deployment group show --resource-group "$group" --name "$label" --query properties.outputs.host.value --output tsv >"$scratch/host.$label" 2>"$scratch/said" || [ "$mode" = --dry-run ] || { complaint <"$scratch/said" >&2; exit 1; }
}

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

@ASK_FUNCTION@
labels='@LABELS@'
environment
if ! az deployment group show --resource-group "$group" --name @ENVIRONMENT@ --query properties.outputs.@VALUES@.value --output tsv >"$scratch/values" 2>"$scratch/said"; then
    # Where there is nothing yet, nothing can be compared with it.
    [ "$mode" != --dry-run ] || { say "there is no environment in $group yet: $labels would all be made in it"; exit 0; }
    echo "The environment doesn't tell what it is: $(complaint <"$scratch/said")." >&2
    exit 1
fi
@ORDER@
[ "$mode" != --dry-run ] || exit 0
# It isn't taken away unasked: nobody here knows whether it is still needed.
there=$(az resource list --resource-group "$group" --query "[?tags.\"@TAG@\" == '@NAME@' && (type == 'Microsoft.App/containerApps' || type == 'Microsoft.App/jobs')].id" --output tsv 2>/dev/null) || say "nobody has looked for what is no longer declared, since Azure doesn't tell what is in $group"
for id in $there; do
    case " $labels " in *" ${id##*/} "*) ;; *) say "${id##*/} is no longer declared, and still there: az resource delete --ids $id" ;; esac
done
@ASK@say "deployed"
