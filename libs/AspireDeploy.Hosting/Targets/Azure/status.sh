#!/bin/sh
# Shows what runs of @NAME@ on Azure. AZURE_SUBSCRIPTION_ID and AZURE_RESOURCE_GROUP say where. Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
@WHERE@
echo "the resource group $group of the subscription $subscription_name"
[ -n "$place" ] || { echo "There is no such resource group: nothing is deployed there."; exit 0; }
# PATH QUERY
show() {
    echo "+ $1"
    az rest --method get --url "/subscriptions/$subscription/resourceGroups/$group/providers/Microsoft.App/$1?api-version=2025-07-01" --query "$2" --output table || :
    echo
}
show containerApps "value[].{name: name, latest: properties.latestRevisionName, ready: properties.latestReadyRevisionName, state: properties.runningStatus, address: properties.configuration.ingress.fqdn}"
# APP
revisions() { show "containerApps/$1/revisions" "value[?properties.active].{revision: name, replicas: properties.replicas, state: properties.runningState, health: properties.healthState, traffic: properties.trafficWeight}"; }
# JOB
executions() { show "jobs/$1/executions" "value[].{execution: name, began: properties.startTime, ended: properties.endTime, status: properties.status}"; }
@ORDER@
