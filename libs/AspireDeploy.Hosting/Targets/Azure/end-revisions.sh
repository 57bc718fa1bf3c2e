# Ends what runs of an app whose data one process owns, before the next revision starts; leaves it alone where that is what would be deployed. Tells the suffix of the revision to deploy.
# Given by the environment: APP, its resource id; CONTENT, which differs when the revision has to; TIMEOUT, how many seconds a replica may take to end; PAUSE, how many seconds between two looks.
set -eu
app=${APP##*/}
group=$(echo "$APP" | cut -d / -f 5)
version=api-version=2025-07-01

@REQUEST@
tell() {
  printf '{"suffix":"%s"}\n' "$1" > "$AZ_SCRIPTS_OUTPUT_PATH"
}

# How many replicas of a revision there are; nothing where that can't be told now.
replicas() {
  status=0
  request get "$APP/revisions/$1/replicas?$version" 'length(value)' NotFound || status=$?
  [ "$status" != 2 ] || echo 0
}

# A name of its own each time: nothing is deployed under the name of a revision that was.
next="r$CONTENT-$(printf %x "$(date +%s)")"

status=0
latest=$(request get "$APP?$version" properties.latestRevisionName ResourceNotFound) || status=$?
case "$status" in
  0) ;;
  2)
    echo "There is no $app yet."
    tell "$next"
    exit 0
    ;;
  *) exit 1 ;;
esac
[ "$latest" != None ] || latest=

active=
page="$APP/revisions?$version"
while [ -n "$page" ]; do
  request get "$page" "[[join('', ['next:', nextLink || ''])], value[?properties.active].name][]" > page
  page=$(sed -n 's/^next://p' page)
  active="$active $(sed /^next:/d page)"
done
active=$(echo $active)

# It is alone, the latest, and made of the same; then it stays, if it is well.
case "$active/$latest" in
  "$app--r$CONTENT-"*"/$active")
    state=$(request get "$APP/revisions/$latest?$version" properties.runningState)
    case "$state" in
      Running*)
        echo "$latest runs, and nothing in it has changed."
        tell "${latest#"$app--"}"
        exit 0
        ;;
    esac
    ;;
esac

for revision in $active; do
  echo "$revision is ended."
  request post "$APP/revisions/$revision/deactivate?$version" name > ended
done
deadline=$(($(date +%s) + TIMEOUT))
# The latest may be ending since an attempt before this one.
for revision in $active $latest; do
  until [ "$(replicas "$revision")" = 0 ]; do
    if [ "$(date +%s)" -ge "$deadline" ]; then
      echo "A replica of $revision still runs after $TIMEOUT seconds, and may write. So $app isn't deployed, and doesn't serve. Deploy it again; or go back: az containerapp revision activate --name $app --resource-group $group --revision $revision" >&2
      exit 1
    fi
    sleep "$PAUSE"
  done
done
echo "Nothing of $app runs any more."
tell "$next"
