# Whether one may do something in the namespace; yes where the cluster doesn't say. VERB RESOURCE
may() { case $(kubectl auth can-i "$1" "$2" --namespace "$namespace" 2>/dev/null) in no*) return 1 ;; *) return 0 ;; esac; }

# Finds out whether the namespace is there, and whether it is this deployment's: one that somebody else has made, or that may not be changed, is left as it is.
own=1
exists=1
marks=$(kubectl get namespace "$namespace" --output '@MARKS@' 2>&1) || {
    case $marks in
        *NotFound*) exists= ;;
        *Forbidden*) ;;
        *) echo "$marks" >&2; exit 1 ;;
    esac
    marks=
}
if [ -z "$exists" ]; then
    may create namespaces || { echo "There is no namespace $namespace in $context, and you may not make it: have it made (kubectl create namespace $namespace), or publish for one that there is: .WithNamespace(\"NAME\")." >&2; exit 1; }
else
    why=
    if [ "$marks" != '@MARKED@' ]; then why="since this deployment hasn't made it"; elif ! may patch "namespaces/$namespace"; then why="since you may not change it"; fi
    if [ -n "$why" ]; then
        own=
        level=$(kubectl get namespace "$namespace" --output 'jsonpath={.metadata.labels.pod-security\.kubernetes\.io/enforce}' 2>/dev/null || :)
        say "the namespace $namespace is left as it is, $why: it enforces the Pod Security Standard ${level:-of the cluster}, and this is made for @LEVEL@"
    fi
fi
if ! may '*' '*'; then
    missing=
    for right in @RIGHTS@; do
        for verb in get list create patch delete; do may "$verb" "$right" || missing="$missing, $verb $right"; done
    done
    may list pods || missing="$missing, list pods"
    may list events || say "why something doesn't start can't be said, since you may not list events in the namespace $namespace"
    [ -z "$missing" ] || { echo "You may not do this in the namespace $namespace of $context: ${missing#, }. Have somebody give you a Role with it; the page about Kubernetes has one." >&2; exit 1; }
fi
