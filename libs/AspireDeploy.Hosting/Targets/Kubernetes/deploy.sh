#!/bin/sh
# Deploys @NAME@ @VERSION@ to the cluster of the current context (kubectl config current-context): applies what is in this folder, waits for the steps and then for the
# services, and says what failed and why. Replicas of the previous version go on serving until those of the new one are ready. Run again, it changes nothing.
#   --check     only finds out whether the cluster answers
#   --dry-run   only shows what would change
# Made by publishing: change the AppHost, not this file.
set -eu
cd "$(dirname "$0")"
began=$(date +%s)
namespace=@NAMESPACE@
kinds=apps/v1/Deployment,apps/v1/StatefulSet,autoscaling/v2/HorizontalPodAutoscaler,core/v1/Service,core/v1/ServiceAccount,networking.k8s.io/v1/Ingress
kinds=$kinds,networking.k8s.io/v1/NetworkPolicy,policy/v1/PodDisruptionBudget,rbac.authorization.k8s.io/v1/Role,rbac.authorization.k8s.io/v1/RoleBinding

mode=${1:-}
case $mode in
    '' | --check | --dry-run) ;;
    *) echo "usage: ./deploy.sh [--check | --dry-run]" >&2; exit 2 ;;
esac

say() { printf '%4ds  %s\n' "$(($(date +%s) - began))" "$1"; }

# Prints a command, then runs it. COMMAND...
run() {
    say "$*"
    "$@"
}

# Ends the deployment with the last lines of a workload's newest pod. LABEL MESSAGE
fail() {
    pod=$(kubectl --namespace "$namespace" get pods --selector "app.kubernetes.io/name=$1" --sort-by .metadata.creationTimestamp --output name | tail -n 1)
    if [ -n "$pod" ]; then
        kubectl --namespace "$namespace" get "$pod" --output wide >&2 || :
        kubectl --namespace "$namespace" logs --all-containers --tail 20 "$pod" 2>&1 | sed "s/^/  $1 | /" >&2
    fi
    echo "$1 $2" >&2
    exit 1
}

# Ends the deployment if a setting isn't set. NAME
required() {
    [ -n "$(sed -n "s/^$1=//p" settings.env | tail -n 1)" ] || { echo "$1 isn't set: set it in settings.env." >&2; exit 1; }
}

# What has become of a step: Complete, Failed or neither. JOB
outcome() { kubectl --namespace "$namespace" get "job/$1" --ignore-not-found --output 'jsonpath={.status.conditions[?(@.status=="True")].type}'; }

# Has a step run again that failed before: a Job that has failed stays so. JOB
retry() {
    case $(outcome "$1") in *Failed*) run kubectl --namespace "$namespace" delete "job/$1" ;; esac
}

# Waits for a step to complete. LABEL JOB SECONDS
step() {
    until=$(($(date +%s) + $3))
    say "$1 runs (job/$2)"
    while :; do
        case $(outcome "$2") in
            *Complete*) break ;;
            *Failed*) fail "$1" "failed. Those who wait for it don't start: the previous version goes on serving." ;;
        esac
        [ "$(date +%s)" -lt "$until" ] || fail "$1" "didn't complete within $3 s. Those who wait for it don't start: the previous version goes on serving."
        sleep 1
    done
    say "$1 completed"
}

# Waits for a service's replicas. LABEL KIND SECONDS
service() {
    run kubectl --namespace "$namespace" rollout status "$2/$1" --timeout "$3s" || fail "$1" "isn't ready. Replicas of the previous version go on serving; kubectl --namespace $namespace rollout undo $2/$1 takes the new ones away."
}

command -v kubectl >/dev/null || { echo "There is no kubectl: install it (https://kubernetes.io/docs/tasks/tools/)." >&2; exit 1; }
context=$(kubectl config current-context 2>/dev/null) || { echo "kubectl has no current context: choose a cluster (kubectl config use-context NAME)." >&2; exit 1; }
kubectl version >/dev/null 2>&1 || { echo "The cluster of the context $context doesn't answer: kubectl version says why." >&2; exit 1; }
[ "$mode" != --check ] || exit 0
@REQUIRED@
./secrets.sh

# What was deployed before and is no longer declared is taken away; Jobs, secrets and settings stay for those who go back to a version before, and data always.
# shellcheck disable=SC2046
set -- --kustomize . --prune --selector app.kubernetes.io/part-of=@APPLICATION@ $(printf -- '--prune-allowlist=%s ' $(echo "$kinds" | tr , ' '))

if [ "$mode" = --dry-run ]; then
    if ! kubectl get namespace "$namespace" >/dev/null 2>&1; then
        say "there is no namespace $namespace in $context yet; all of this would be made:"
        kubectl create --kustomize . --dry-run=client --output name
        exit 0
    fi
    # A difference is what it is asked for: 1 says that there is one.
    code=0
    run kubectl diff "$@" || code=$?
    [ "$code" -le 1 ] || exit "$code"
    [ "$code" = 1 ] || say "nothing would change"
    exit 0
fi

say "deploying to $context"
@RETRY@
# What differs in nothing isn't applied: kubectl calls "configured" what the cluster only keeps in another form than it was written.
changed=yes
if kubectl get namespace "$namespace" >/dev/null 2>&1 && kubectl diff "$@" >/dev/null 2>&1; then changed=; else run kubectl apply "$@"; fi

@ORDER@
if [ -n "$changed" ]; then say "deployed"; else say "nothing changed"; fi
