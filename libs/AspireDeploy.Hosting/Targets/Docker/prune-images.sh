# Notes in .images which images run that were made for this deployment, and takes away what was noted there and is neither of this version nor of the three before. Nobody else's image is
# noted, and one that any container has stays. SERVICE IMAGE...
prune_images() {
    [ -f .images ] || : >.images
    while [ $# -gt 1 ]; do
        { awk -v service="$1" -v image="$2" '!($1 == service && $2 == image)' .images && echo "$1 $2"; } >.images.new && mv -f .images.new .images
        shift 2
    done
    for image in $(awk 'NR == FNR { count[$1]++; next } { old = count[$1] - ++seen[$1] > 3; if (old) all[$2]; else kept[$2] } END { for (image in all) if (!(image in kept)) print image }' .images .images); do
        # Those of this deployment that have ended, which Swarm keeps for its history.
        for container in $(docker ps --all --quiet --filter "ancestor=$image" --filter status=exited --filter label=@MARK@); do docker rm "$container" >/dev/null 2>&1 || :; done
        if docker image rm "$image" >/dev/null 2>&1; then say "$image is gone, of a version before the last three"; fi
        docker image inspect "$image" >/dev/null 2>&1 || { awk -v image="$image" '$2 != image' .images >.images.new && mv -f .images.new .images; }
    done
}

