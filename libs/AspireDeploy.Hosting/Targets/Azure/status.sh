#!/bin/sh
# Shows what runs of @NAME@ on Azure. AZURE_SUBSCRIPTION_ID and AZURE_RESOURCE_GROUP say where. Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
@WHERE@
echo "the resource group $group of the subscription $subscription_name"
[ -n "$place" ] || { echo "There is no such resource group: nothing is deployed there."; exit 0; }
failed=
# PATH QUERY
show() {
    echo "+ $1"
    why=$(az rest --method get --url "/subscriptions/$subscription/resourceGroups/$group/providers/Microsoft.App/$1?api-version=2025-07-01" --query "$2" --output table 2>&1 >&3) || case $why in
        *ResourceNotFound*) echo "It isn't there." ;;
        *)
            why=$(printf '%s\n' "$why" | complaint)
            echo "Azure doesn't tell: ${why:-az says nothing}." >&2
            failed=1
            ;;
    esac
    echo
} 3>&1
show containerApps "value[].{name: name, latest: properties.latestRevisionName, ready: properties.latestReadyRevisionName, state: properties.runningStatus, address: properties.configuration.ingress.fqdn}"
# APP
revisions() { show "containerApps/$1/revisions" "value[?properties.active].{revision: name, replicas: properties.replicas, state: properties.runningState, health: properties.healthState, traffic: properties.trafficWeight}"; }
# JOB
executions() { show "jobs/$1/executions" "value[].{execution: name, began: properties.startTime, ended: properties.endTime, status: properties.status}"; }
@ORDER@
[ -z "$failed" ]
