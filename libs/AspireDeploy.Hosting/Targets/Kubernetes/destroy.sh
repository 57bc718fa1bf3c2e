#!/bin/sh
# Takes @NAME@ away from the cluster of the current context: all but its data and its namespace, and with --volumes those too, the namespace only if deploy.sh has made it and nobody else's is in it.
# Secrets stay in secrets/. It ends once every pod has stopped, on whichever node.
# Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
namespace=@NAMESPACE@
kinds=ingresses,horizontalpodautoscalers,poddisruptionbudgets,deployments,statefulsets,jobs,services,networkpolicies,rolebindings,roles,serviceaccounts,configmaps,secrets
run() {
    echo "+ $*"
    "$@"
}

# Waits until the last pod has stopped: a StatefulSet is gone at once, and who writes to its volume isn't.
gone() {
    until=$(($(date +%s) + @TIMEOUT@))
    waited=
    while :; do
        pods=$(kubectl --namespace "$namespace" get pods --selector app.kubernetes.io/part-of=@APPLICATION@ --output name)
        [ -n "$pods" ] || return 0
        # shellcheck disable=SC2086
        set -- $pods
        if [ "$(date +%s)" -ge "$until" ]; then
            echo "$* isn't gone after @TIMEOUT@ s: kubectl --namespace $namespace describe says why. Run ./destroy.sh again then." >&2
            exit 1
        fi
        [ "$pods" = "$waited" ] || echo "waits for $* to stop"
        waited=$pods
        sleep 1
    done
}

# Why the namespace isn't to be deleted with all that is in it; nothing where it is this deployment's and holds nothing of anybody else's.
kept() {
    marks=$(kubectl get namespace "$namespace" --output '@MARKS@' 2>/dev/null) || { echo "you may not see who made it"; return; }
    [ "$marks" = '@MARKED@' ] || { echo "this deployment hasn't made it"; return; }
    [ "$(kubectl auth can-i delete "namespaces/$namespace" 2>/dev/null)" = yes ] || { echo "you may not delete it"; return; }
    # Whatever kinds there are, of what nobody makes by making others: the cluster's own in every namespace don't count, nor the Secrets that this target names.
    kinds_there=$(kubectl api-resources --namespaced --verbs=list --output name 2>/dev/null | grep -v -e '^events' -e '^endpoint' -e '\.metrics\.k8s\.io$' | tr '\n' ',') || :
    others=$(kubectl --namespace "$namespace" get "${kinds_there%,}" --selector app.kubernetes.io/part-of!=@APPLICATION@ \
        --output go-template='{{range .items}}{{if not .metadata.ownerReferences}}{{.kind}}/{{.metadata.name}}{{"\n"}}{{end}}{{end}}' 2>/dev/null) || { echo "you may not see what else is in it"; return; }
    others=$(echo "$others" | grep -v -x -e '' -e ConfigMap/kube-root-ca.crt -e ServiceAccount/default@NAMED@ | sort -u | tr '\n' ' ')
    [ -z "$others" ] || echo "somebody else's is in it: ${others% }"
}

case ${1:-} in
    '' | --volumes) ;;
    *)
        echo "usage: ./destroy.sh [--volumes]" >&2
        exit 2
        ;;
esac
command -v kubectl >/dev/null || { echo "There is no kubectl: install it (https://kubernetes.io/docs/tasks/tools/)." >&2; exit 1; }
context=$(kubectl config current-context 2>/dev/null) || { echo "kubectl has no current context: choose a cluster (kubectl config use-context NAME)." >&2; exit 1; }
# Everything goes there, whichever is chosen elsewhere meanwhile.
kubectl() { command kubectl --context "$context" "$@"; }
echo "the namespace $namespace of $context"
@LOCK@unlock() { release; }

lock
said=$(kubectl get namespace "$namespace" --output name 2>&1) || case $said in *NotFound*)
    echo "There is no such namespace: nothing is to be taken away."
    exit 0
    ;;
esac
if [ "${1:-}" = --volumes ]; then
    why=$(kept)
    if [ -z "$why" ]; then
        run kubectl delete namespace "$namespace" --ignore-not-found
        exit 0
    fi
    echo "The namespace $namespace stays, as $why. What is labelled app.kubernetes.io/part-of=@APPLICATION@ is taken out of it."
fi
run kubectl --namespace "$namespace" delete "$kinds" --selector app.kubernetes.io/part-of=@APPLICATION@ --ignore-not-found
gone
[ "${1:-}" != --volumes ] || run kubectl --namespace "$namespace" delete persistentvolumeclaims --selector app.kubernetes.io/part-of=@APPLICATION@ --ignore-not-found
