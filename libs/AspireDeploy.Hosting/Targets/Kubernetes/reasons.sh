# What the cluster warns of about a workload, a line each, with how often. LABEL
warnings() {
    kubectl --namespace "$namespace" get events --field-selector type=Warning \
        --output 'jsonpath={range .items[*]}{.involvedObject.kind}/{.involvedObject.name}{"|"}{.count}{"|"}{.reason}{": "}{.message}{"\n"}{end}' 2>/dev/null |
        awk -F '|' -v label="$1" '{ name = $1; sub(/^[^\/]*\//, "", name) } NF > 2 && (name == label || index(name, label "-") == 1 || name ~ ("-" label "-[0-9]+$")) { print }'
}

# Why its pods don't start, where they say so: an image that can't be pulled, a container that ends again and again. LABEL
held_up() {
    kubectl --namespace "$namespace" get pods --selector "app.kubernetes.io/name=$1" \
        --output 'jsonpath={range .items[*]}{.metadata.deletionTimestamp}{range .status.initContainerStatuses[*]}|{.state.waiting.reason}{": "}{.state.waiting.message}{"\n"}{end}{range .status.containerStatuses[*]}|{.state.waiting.reason}{": "}{.state.waiting.message}{"\n"}{end}{"\n"}{end}' 2>/dev/null |
        sed -n -E -e '/^[|](: *|PodInitializing.*|ContainerCreating.*)$/d' -e 's/^[|]//p'
}

# Says what is new of both. LABEL
tell() {
    now=$({ warnings "$1" | grep -v -x -F -e "$before" | cut -d '|' -f 1,3- | sed 's/|/ /'; held_up "$1"; } | sort -u | head -n 5)
    [ -z "$now" ] || [ "$now" = "$last" ] || echo "$now" | while read -r line; do say "$1: $line"; done
    last=$now
}

# Whether waiting can't help: what is said is refused until somebody changes it.
hopeless() {
    case $last in
        *'violates PodSecurity'* | *'must specify'* | *'denied the request'* | *InvalidImageName* | *ErrImageNeverPull* | *'pull access denied'* | *'manifest unknown'* | *'ErrImagePull: '*'code = NotFound'*) return 0 ;;
        *) return 1 ;;
    esac
}

# For a message: the reason that was seen last, in brackets.
reason() { [ -z "$last" ] || printf ' (%s)' "$(echo "$last" | head -n 1)"; }

# For a message: what can be done about it in the AppHost, or by whom; nothing where that is another thing each time.
remedy() {
    case $last in
        *'must specify'*) echo "Give what declares none requests and limits: .WithDefaultResources(\"512Mi\", \"128Mi\", cpu: 0.5m) on the target. " ;;
        *'exceeded quota'*) echo "Have the quota raised (kubectl --namespace $namespace describe quota), or ask for less: .WithMemory(LIMIT, REQUEST). " ;;
        *'violates PodSecurity'*) echo "Have the namespace admit it, or publish for what it enforces: .WithPodSecurity(...). " ;;
        *'unbound immediate PersistentVolumeClaims'* | *ProvisioningFailed*) echo "Its claim has no volume: kubectl get storageclass says which there are, .WithStorageClass(NAME) chooses one. " ;;
        *FailedScheduling*) echo "Nodes have no room or no match for it: kubectl describe nodes says what is free. " ;;
        *'statuscode: 404'*) echo "If it asks for /health or /alive: Aspire's template maps them in Development only, so map them in every environment, in MapDefaultEndpoints of ServiceDefaults. " ;;
        *ErrImagePull* | *ImagePullBackOff* | *InvalidImageName*) echo "Push the image to where nodes pull it from, and have them let in: .WithContainerRegistry(...), .WithPullSecret(NAME). " ;;
    esac
}
