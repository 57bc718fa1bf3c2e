# Starts a job and waits until that execution has ended: ends with 0 if it has succeeded.
# Given by the environment: JOB, its resource id; NAME, its name; TIMEOUT, how many seconds it may take; PAUSE, how many seconds between two looks.
set -eu
deadline=$(($(date +%s) + TIMEOUT))
job=${JOB##*/}
group=$(echo "$JOB" | cut -d / -f 5)
version=api-version=2025-07-01

@REQUEST@
pause_or_give_up() {
  [ "$(date +%s)" -lt "$deadline" ] || { echo "The job $NAME $1 within $TIMEOUT seconds." >&2; exit 1; }
  sleep "$PAUSE"
}

# Two at once would migrate against each other: a deployment that was cancelled has left its own behind.
while :; do
  busy=$(request get "$JOB/executions?$version" "value[?properties.status == 'Running' || properties.status == 'Processing'].name")
  [ -n "$busy" ] || break
  pause_or_give_up "runs already, of a deployment before ($(echo $busy)), and hasn't ended"
done
before=$(request get "$JOB/executions?$version" 'value[].name')

# Starting it may tell which execution that is, or only that there is going to be one.
execution=$(request post "$JOB/start?$version" name)
[ "$execution" != None ] || execution=
while [ -z "$execution" ]; do
  now=$(request get "$JOB/executions?$version" 'value[].name')
  for name in $now; do
    case " $(echo $before) " in
      *" $name "*) ;;
      *) execution=$name ;;
    esac
  done
  [ -n "$execution" ] || pause_or_give_up "hasn't begun"
done
echo "The job $NAME runs: $execution."

while :; do
  status=$(request get "$JOB/executions/$execution?$version" properties.status)
  case "$status" in
    Succeeded)
      echo "The job $NAME has completed."
      exit 0
      ;;
    Failed | Stopped | Degraded)
      echo "The job $NAME has ended: $status. Who waits for it isn't deployed. Its log: az containerapp job logs show --name $job --resource-group $group --container $job --execution $execution" >&2
      exit 1
      ;;
  esac
  pause_or_give_up "hasn't ended"
done
