# Both kinds of deployment name volumes alike: one of that name may be the other's data.
for volume in @VOLUMES@; do
    owner=$(docker volume inspect --format '{{index .Labels "@LABEL@"}}' "$volume" 2>/dev/null) || continue
    if [ -n "$owner" ]; then
        echo "The volume $volume belongs to the @KIND@ $owner on this engine. Take that away with its data (./destroy.sh --volumes in its folder), or publish this under another name (Deployment:Name=NAME)." >&2
        exit 1
    fi
done
