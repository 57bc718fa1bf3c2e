#!/bin/sh
# Takes @NAME@ away from Azure: its apps, its jobs and the caches that Azure runs; and with --volumes the resource group with all that is in it, the data and its backups too, if nobody else's is there.
# Secrets stay in secrets/. AZURE_SUBSCRIPTION_ID and AZURE_RESOURCE_GROUP say where. Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
case ${1:-} in
    '' | --volumes) ;;
    *) echo "usage: ./destroy.sh [--volumes]" >&2; exit 2 ;;
esac
@WHERE@
echo "the resource group $group of the subscription $subscription_name"
@LOCK@unlock() { release; }

lock
[ -n "$place" ] || { echo "There is no such resource group: nothing is to be taken away."; exit 0; }

# What is in the group, as far as a query asks for it. QUERY [OPTION]...
listed() {
    query=$1
    shift
    attempt "Azure doesn't tell what is in the resource group $group" resource list --resource-group "$group" "$@" --query "$query" --output tsv
}

if [ "${1:-}" = --volumes ]; then
    # What hasn't got this deployment's tag: but for what Azure makes with what has, which is a part of it, a private endpoint's interface, or what a deployment script has left.
    others=$(listed "[?tags.\"@TAG@\" != '@NAME@'].[type, name]")
    others=$(printf '%s\n' "$others" | awk -F '\t' 'gsub(/\//, "/", $1) == 1 && !($1 == "Microsoft.Network/networkInterfaces" && $2 ~ /[.]nic[.]/) && $2 !~ /azscripts$/ { print $2 " (" $1 ")" }' | tr '\n' ' ')
    [ -z "$others" ] || {
        echo "The resource group $group stays, as somebody else's is in it: ${others% }. Move that to another (az resource move), and run ./destroy.sh --volumes again; or delete all of it yourself (az group delete --name $group --subscription $subscription)." >&2
        exit 1
    }
    echo "+ az group delete --name $group --yes"
    attempt "The resource group $group wasn't deleted" group delete --name "$group" --yes
    exit 0
fi

# Deletes what there is of a type, and waits until it is gone. TYPE [NAME]...
delete() {
    type=$1
    shift
    ids=$(listed "[?tags.\"@TAG@\" == '@NAME@'].id" --resource-type "$type")
    for id in $ids; do
        [ $# -eq 0 ] || case " $* " in *" ${id##*/} "*) ;; *) continue ;; esac
        echo "+ az resource delete --ids $id"
        attempt "${id##*/} wasn't deleted" resource delete --ids "$id" >/dev/null
        until=$(($(date +%s) + @TIMEOUT@))
        while :; do
            there=$(listed "[?id == '$id'].id" --resource-type "$type")
            [ -n "$there" ] || break
            [ "$(date +%s)" -lt "$until" ] || { echo "${id##*/} isn't gone after @TIMEOUT@ s: run ./destroy.sh again." >&2; exit 1; }
            sleep 1
        done
    done
}

# Who uses others goes first; then what was declared once.
labels='@LABELS@'
for each in $labels; do
    delete Microsoft.App/containerApps "$each"
    delete Microsoft.App/jobs "$each"
done
delete Microsoft.App/containerApps
delete Microsoft.App/jobs
delete Microsoft.Resources/deploymentScripts
@CACHES@echo "What stays in $group: the data, the environment with its network, the registry and the logs, which go on costing. ./destroy.sh --volumes deletes the resource group with all of it."
