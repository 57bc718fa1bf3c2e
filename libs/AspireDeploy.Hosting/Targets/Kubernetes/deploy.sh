#!/bin/sh
# Deploys @NAME@ @VERSION@ to the cluster of the current context (kubectl config current-context): applies what is in this folder, waits for the jobs and then for the
# services, and says what failed and why. Replicas of the previous version go on serving until those of the new one are ready. Run again, it changes nothing.
#   --check     only finds out whether it can be deployed there
#   --dry-run   only shows what would change
# Made by publishing: change the AppHost, not this file.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/."
# A viewer of differences that somebody likes doesn't tell by its exit code whether there are any.
unset KUBECTL_EXTERNAL_DIFF
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

@SETTINGS@
# Ends the deployment if a setting isn't set. NAME
required() {
    chosen=$(read_setting "$1" || :)
    [ -n "$chosen" ] || { echo "$1 isn't set: set it in settings.env." >&2; exit 1; }
}

# What has become of a job: Complete, Failed or neither. JOB
outcome() { kubectl --namespace "$namespace" get "job/$1" --ignore-not-found --output 'jsonpath={.status.conditions[?(@.status=="True")].type}'; }

# Has a job run again that failed before: a Job that has failed stays so. JOB
retry() {
    case $(outcome "$1") in *Failed*) run kubectl --namespace "$namespace" delete "job/$1" ;; esac
}

@REASONS@
# Waits for a job to complete. LABEL JOB SECONDS
job() {
    last='' begun=$(date +%s)
    until=$((begun + $3))
    say "$1 runs (job/$2)"
    while :; do
        case $(outcome "$2") in
            *Complete*) break ;;
            *Failed*) fail "$1" "failed. Those who wait for it don't start: the previous version goes on serving." ;;
        esac
        [ "$(($(date +%s) - begun))" -lt 3 ] || tell "$1"
        ! hopeless || fail "$1" "doesn't start$(reason). $(remedy)Those who wait for it don't start: the previous version goes on serving."
        [ "$(date +%s)" -lt "$until" ] || fail "$1" "didn't complete within $3 s$(reason). $(remedy)Those who wait for it don't start: the previous version goes on serving."
        sleep 1
    done
    say "$1 completed"
}

# Waits for a service's replicas. LABEL KIND SECONDS
service() {
    last='' begun=$(date +%s)
    say "kubectl --namespace $namespace rollout status $2/$1 --timeout $3s"
    # Not by the function, whose process would be another than kubectl's.
    command kubectl --context "$context" --namespace "$namespace" rollout status "$2/$1" --timeout "$3s" &
    running=$!
    while kill -0 "$running" 2>/dev/null; do
        sleep 1
        [ "$(($(date +%s) - begun))" -lt 3 ] || tell "$1"
        ! hopeless || kill "$running" 2>/dev/null || :
    done
    code=0
    wait "$running" || code=$?
    running=
    [ "$code" = 0 ] || fail "$1" "isn't ready$(reason). $(remedy)Replicas of the previous version go on serving; kubectl --namespace $namespace rollout undo $2/$1 takes the new ones away."
}

command -v kubectl >/dev/null || { echo "There is no kubectl: install it (https://kubernetes.io/docs/tasks/tools/)." >&2; exit 1; }
[ ! -f settings.env ] || read_setting >/dev/null
context=$(kubectl config current-context 2>/dev/null) || { echo "kubectl has no current context: choose a cluster (kubectl config use-context NAME)." >&2; exit 1; }
# Everything goes there, whichever is chosen elsewhere meanwhile.
kubectl() { command kubectl --context "$context" "$@"; }
kubectl version >/dev/null 2>&1 || { echo "The cluster of the context $context doesn't answer: kubectl version says why." >&2; exit 1; }
say "the namespace $namespace of $context"
@RIGHTS_READ@
@NEEDED@# Who may not read nodes isn't told.
pressed=$(kubectl get nodes --output 'jsonpath={range .items[*]}{.metadata.name}{" "}{.status.conditions[?(@.type=="DiskPressure")].status}{"\n"}{end}' 2>/dev/null | sed -n 's/ True$//p' | tr '\n' ' ')
[ -z "$pressed" ] || say "nodes that are short of disk, where no pod is placed: ${pressed% }"
[ "$mode" != --check ] || exit 0
@REQUIRED@
@LOCK@# A command that is still running ends with this.
running=
scratch=
unlock() {
    [ -z "$scratch" ] || rm -rf "$scratch"
    [ -z "$running" ] || kill "$running" 2>/dev/null || :
    release
}

lock
./secrets.sh

# What a person has put beside what is published: a component of kustomize's, made from outside this folder, since none may hold what it is made from.
all=.
if [ -f override/kustomization.yaml ]; then
    scratch=$(mktemp -d)
    scratch=$(cd -P -- "$scratch" && pwd)
    up=$(printf %s "$scratch" | sed 's,/[^/]*,../,g')$(pwd -P | cut -c 2-)
    printf '%s\n' 'apiVersion: kustomize.config.k8s.io/v1beta1' 'kind: Kustomization' "namespace: $namespace" 'labels:' \
        '  - pairs: { @LABELS@ }' "resources: [\"$up\"]" "components: [\"$up/override\"]" >"$scratch/kustomization.yaml"
    all=$scratch
    kubectl kustomize "$all" >/dev/null
    say "override/kustomization.yaml changes what was published"
fi

# What was deployed before and is no longer declared is taken away; Jobs, secrets and settings stay for those who go back to a version before, and data always.
# shellcheck disable=SC2046
set -- --prune --selector app.kubernetes.io/part-of=@APPLICATION@ $(printf -- '--prune-allowlist=%s ' $(echo "$kinds" | tr , ' '))

if [ "$mode" = --dry-run ]; then
    if [ -z "$exists" ]; then
        say "there is no namespace $namespace in $context yet; all of this would be made:"
        kubectl create --filename namespace.yaml --dry-run=client --output name
        kubectl create --kustomize "$all" --dry-run=client --output name
        exit 0
    fi
    # A difference is what it is asked for: 1 says that there is one.
    code=0
    say "kubectl diff --kustomize $all $*"
    kubectl diff --kustomize "$all" "$@" || code=$?
    [ "$code" -le 1 ] || exit "$code"
    if [ -n "$own" ]; then
        of_namespace=0
        kubectl diff --filename namespace.yaml || of_namespace=$?
        [ "$of_namespace" -le 1 ] || exit "$of_namespace"
        code=$((code | of_namespace))
    fi
    [ "$code" = 1 ] || say "nothing would change"
    exit 0
fi

say "deploying"
# What was warned of before is none of this deployment's; a line for grep that nothing is, where there was none.
before=$(kubectl --namespace "$namespace" get events --field-selector type=Warning --output 'jsonpath={range .items[*]}{.involvedObject.kind}/{.involvedObject.name}{"|"}{.count}{"|"}{.reason}{": "}{.message}{"\n"}{end}' 2>/dev/null || :)
before=${before:-|}
@RETRY@
# What differs in nothing isn't applied: kubectl calls "configured" what the cluster only keeps in another form than it was written.
changed=
if [ -z "$exists" ]; then
    # One that somebody makes meanwhile isn't taken for this deployment's.
    run kubectl create --save-config --filename namespace.yaml
elif [ -n "$own" ] && ! kubectl diff --filename namespace.yaml >/dev/null 2>&1; then
    run kubectl apply --filename namespace.yaml
    changed=yes
fi
if [ -z "$exists" ] || ! kubectl diff --kustomize "$all" "$@" >/dev/null 2>&1; then
    say "kubectl apply --kustomize $all $*"
    kubectl apply --kustomize "$all" "$@"
    changed=yes
fi

# Where the Ingress controller serves it; nothing where it doesn't say, and DNS has to know.
ingress_address() {
    until=$(($(date +%s) + 60))
    while :; do
        served=$(kubectl --namespace "$namespace" get "ingress/$1" --output 'jsonpath={.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}' 2>/dev/null || :)
        if [ -n "$served" ] || [ "$(date +%s)" -ge "$until" ]; then break; fi
        sleep 1
    done
    printf %s "$served"
}

@ASK_FUNCTION@
@ORDER@
@ASK@if [ -n "$changed" ]; then say "deployed"; else say "nothing changed"; fi
