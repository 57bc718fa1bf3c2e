if [ -e secrets/.rotation ] && [ -z "${ASPIREDEPLOY_LOCK-}" ]; then
    read -r rotated <secrets/.rotation
    echo "The rotation of $rotated was interrupted: ./rotate.sh $rotated finishes it, and deploys." >&2
    exit 1
fi
