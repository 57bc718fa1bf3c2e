#!/bin/sh
# Takes @NAME@ away from the cluster of the current context: all but its data and its namespace, and with --volumes those too. Secrets stay in secrets/.
# Made by publishing: change the AppHost, not this file.
set -eu
kinds=ingresses,horizontalpodautoscalers,poddisruptionbudgets,deployments,statefulsets,jobs,services,networkpolicies,rolebindings,roles,serviceaccounts,configmaps,secrets
run() {
    echo "+ $*"
    "$@"
}
case ${1:-} in
    '') run kubectl --namespace @NAMESPACE@ delete "$kinds" --selector app.kubernetes.io/part-of=@APPLICATION@ --ignore-not-found ;;
    --volumes) run kubectl delete namespace @NAMESPACE@ --ignore-not-found ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
