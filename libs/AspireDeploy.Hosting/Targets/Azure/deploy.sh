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
@KEPT@./secrets.sh
# Beside the secrets, where the next run takes away what one leaves behind that was killed.
scratch=$PWD/secrets/.work.$$
mkdir "$scratch"

@PARAMETERS@
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

@MODULES@
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

@RUNNING@
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
