# What has failed of a deployment in the resource group, in a line. NAME
failures() {
    az deployment operation group list --resource-group "$group" --name "$1" --query "[?properties.provisioningState=='Failed'].join(' ', [properties.targetResource.resourceName || '', properties.statusMessage.error.code || '', properties.statusMessage.error.message || ''])" --output tsv 2>/dev/null | tr '\n\t' '  ' | cut -c 1-500 | sed 's/[. ]*$//'
}

# Why a deployment failed, in a line: what failed in it; or what az said, where it didn't begin, and what there is of that name is of one before. NAME
reason_of() {
    why=
    ! grep -q DeploymentFailed "$scratch/said" || why=$(failures "$1")
    [ -n "$why" ] || why=$(complaint <"$scratch/said")
    printf %s "${why:-az says nothing}"
}

# Waits for the command that deploys, and says what it waits for. NAME
deployed() {
    last='' asked=$(date +%s)
    while kill -0 "$running" 2>/dev/null; do
        sleep 1
        [ "$(($(date +%s) - asked))" -ge 15 ] || continue
        asked=$(date +%s)
        now=$(az deployment operation group list --resource-group "$group" --name "$1" --query "[?properties.provisioningState=='Running'].properties.targetResource.resourceType" --output tsv 2>/dev/null | sort -u | tr '\n' ' ') || now=
        [ -z "$now" ] || [ "$now" = "$last" ] || say "$1 waits for ${now% }"
        last=$now
    done
    code=0
    wait "$running" || code=$?
    running=
    return "$code"
}

# Has az deploy, once no deployment of that name goes on any more: that of a run which was ended does, and somebody else's may. NAME WORD...
deploys() {
    named=$1
    shift
    told=
    while :; do
        command az deployment "$@" --no-prompt true --output none --subscription "$subscription" --only-show-errors >"$scratch/said" 2>&1 &
        running=$!
        ! deployed "$named" || return 0
        grep -q DeploymentActive "$scratch/said" || return 1
        [ -n "$told" ] || say "$named is being deployed already, by somebody else or by a run that was ended: this waits for that"
        told=1
        sleep 5
    done
}

# Deploys a module. LABEL FILE MESSAGE [NAME KIND OF]...
module() {
    label=$1 file=$2 message=$3
    shift 3
    parameters "$scratch/$label.json" "$@"
    if [ "$mode" = --dry-run ]; then
        say "az deployment group what-if --resource-group $group --template-file $file"
        az deployment group what-if --resource-group "$group" --template-file "$file" --parameters "@$scratch/$label.json" --no-prompt true
        return
    fi
    say "az deployment group create --resource-group $group --name $label --template-file $file"
    deploys "$label" group create --resource-group "$group" --name "$label" --template-file "$file" --parameters "@$scratch/$label.json" || {
        echo "$label wasn't deployed: $(reason_of "$label"). $message" >&2
        exit 1
    }
}

# The environment with its network, registry and data, and the resource group if there is none yet.
environment() {
    makes_group=true
    [ -z "$place" ] || makes_group=false
    parameters "$scratch/main.json" location text "$location" groupName text "$group" makesGroup truth "$makes_group"
    # A name stays in its location: two are never one, however much is cut off.
    name=$(printf %s "$location-$group" | cut -c 1-64)
    if [ "$mode" = --dry-run ]; then
        say "az deployment sub what-if --location $location --template-file @MAIN@"
        az deployment sub what-if --location "$location" --template-file @MAIN@ --parameters "@$scratch/main.json" --no-prompt true
        return
    fi
    say "az deployment sub create --name $name --location $location --template-file @MAIN@"
    deploys @ENVIRONMENT@ sub create --name "$name" --location "$location" --template-file @MAIN@ --parameters "@$scratch/main.json" || {
        echo "The environment wasn't deployed: $(reason_of @ENVIRONMENT@). What runs wasn't touched." >&2
        exit 1
    }
}
