#!/bin/sh
# Takes @NAME@ away from the cluster of the current context: all but its data and its namespace, and with --volumes those too. Secrets stay in secrets/.
# It ends once every pod has stopped, on whichever node.
# Made by publishing: change the AppHost, not this file.
set -eu
kinds=ingresses,horizontalpodautoscalers,poddisruptionbudgets,deployments,statefulsets,jobs,services,networkpolicies,rolebindings,roles,serviceaccounts,configmaps,secrets
run() {
    echo "+ $*"
    "$@"
}
# Waits until the last pod has stopped: a StatefulSet is gone at once, and who writes to its volume isn't.
gone() {
    until=$(($(date +%s) + @PATIENCE@))
    waited=
    while :; do
        pods=$(kubectl --namespace @NAMESPACE@ get pods --selector app.kubernetes.io/part-of=@APPLICATION@ --output name)
        [ -n "$pods" ] || return 0
        # shellcheck disable=SC2086
        set -- $pods
        if [ "$(date +%s)" -ge "$until" ]; then
            echo "$* isn't gone after @PATIENCE@ s: kubectl --namespace @NAMESPACE@ describe says why. Run ./destroy.sh again then." >&2
            exit 1
        fi
        [ "$pods" = "$waited" ] || echo "waits for $* to stop"
        waited=$pods
        sleep 1
    done
}

case ${1:-} in
    '')
        run kubectl --namespace @NAMESPACE@ delete "$kinds" --selector app.kubernetes.io/part-of=@APPLICATION@ --ignore-not-found
        gone
        ;;
    --volumes)
        # Who may not take the namespace away has it taken empty.
        if [ "$(kubectl auth can-i delete namespaces/@NAMESPACE@ 2>/dev/null)" = yes ]; then
            run kubectl delete namespace @NAMESPACE@ --ignore-not-found
        else
            run kubectl --namespace @NAMESPACE@ delete "$kinds" --selector app.kubernetes.io/part-of=@APPLICATION@ --ignore-not-found
            gone
            run kubectl --namespace @NAMESPACE@ delete persistentvolumeclaims --selector app.kubernetes.io/part-of=@APPLICATION@ --ignore-not-found
        fi
        ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
