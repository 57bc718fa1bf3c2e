# Ends the deployment where what it names isn't there; who may not ask is told by what fails then. WHAT REMEDY ARGUMENT...
needed() {
    what=$1 remedy=$2
    shift 2
    said=$(kubectl get "$@" --output name 2>&1) || case $said in
        *'(NotFound)'* | *"doesn't have a resource type"*) echo "There is no $what in $context: $remedy." >&2; exit 1 ;;
    esac
}
