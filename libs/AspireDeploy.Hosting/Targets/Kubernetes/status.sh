#!/bin/sh
# Shows what runs of @NAME@, and what happened to it last. Made by publishing: change the AppHost, not this file.
set -eu
run() {
    echo "+ $*"
    "$@"
    echo
}
run kubectl --namespace @NAMESPACE@ get deployments,statefulsets,jobs,horizontalpodautoscalers,ingresses,persistentvolumeclaims --selector app.kubernetes.io/part-of=@APPLICATION@
run kubectl --namespace @NAMESPACE@ get pods --output wide
run kubectl --namespace @NAMESPACE@ get events --sort-by .lastTimestamp --field-selector type=Warning
