# Asks Azure's REST API: METHOD URL QUERY. A right that is as new as the deployment takes minutes to be known everywhere; and what only asks may be asked again, whatever the answer was.
# With a fourth argument, a refusal that says so is an answer too: 2.
request() {
  tries=0
  until az rest --only-show-errors --method "$1" --url "$2" --query "$3" --output tsv > answer 2> refusal; do
    if [ -n "${4:-}" ] && grep -q "${4:-}" refusal; then return 2; fi
    tries=$((tries + 1))
    if [ "$tries" -lt 60 ] && { [ "$1" = get ] || grep -q AuthorizationFailed refusal; }; then
      sleep "$PAUSE"
    else
      cat refusal >&2
      return 1
    fi
  done
  cat answer
}
