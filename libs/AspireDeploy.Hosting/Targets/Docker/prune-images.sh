# Notes in .images which images run that were made for this deployment, and takes away what was noted there and is neither of this version nor of the three before. Nobody else's image is
# noted: not one that was set by hand and isn't there already. One that any container has stays. SERVICE MADE SET...
prune_images() {
    # Others must not choose what is taken away.
    chmod 644 .images 2>/dev/null || :
    [ -f .images ] || (umask 022 && : >.images)
    while [ $# -gt 2 ]; do
        image=${3:-$2}
        if [ "$image" = "$2" ] || grep -q -x -F -e "$1 $image" .images; then
            (umask 022 && rm -f .images.new && awk -v service="$1" -v image="$image" '!($1 == service && $2 == image)' .images >.images.new && echo "$1 $image" >>.images.new) && mv -f .images.new .images
        fi
        shift 3
    done
    # An image's name has no blank in it.
    # shellcheck disable=SC2013
    for image in $(awk 'NR == FNR { count[$1]++; next } { old = count[$1] - ++seen[$1] > 3; if (old) all[$2]; else kept[$2] } END { for (image in all) if (!(image in kept)) print image }' .images .images); do
        # Those of this deployment that have ended, which Swarm keeps for its history.
        for container in $(docker ps --all --quiet --filter "ancestor=$image" --filter status=exited --filter label=@MARK@); do docker rm "$container" >/dev/null 2>&1 || :; done
        if docker image rm "$image" >/dev/null 2>&1; then say "$image is gone, of a version before the last three"; fi
        docker image inspect "$image" >/dev/null 2>&1 || { (umask 022 && rm -f .images.new && awk -v image="$image" '$2 != image' .images >.images.new) && mv -f .images.new .images; }
    done
}

