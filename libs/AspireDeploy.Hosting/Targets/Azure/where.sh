command -v az >/dev/null || { echo "There is no az: install the Azure CLI (https://learn.microsoft.com/cli/azure/install-azure-cli)." >&2; exit 1; }
# The last thing that az said, in a line: its error, or where it called none so, the last line of all.
complaint() {
    awk '/^ERROR: / { sub(/^ERROR: */, ""); error = $0 } NF { last = $0 } END { print error != "" ? error : last }' | cut -c 1-500 | sed 's/[. ]*$//'
}
# The one that AZURE_SUBSCRIPTION_ID names, or else the one that az has chosen; it stays that one, whichever is chosen elsewhere meanwhile.
account() { command az account show ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"} --query "join('|', [id, name])" --output tsv; }
if ! subscription=$(account 2>/dev/null); then
    said=$(account 2>&1 >/dev/null | complaint)
    case ${AZURE_SUBSCRIPTION_ID:+chosen}:$said in
        *'az login'*) echo "az isn't logged in: run az login." >&2 ;;
        chosen:*'not found'* | chosen:*'expected one argument'*) echo "az knows no subscription $AZURE_SUBSCRIPTION_ID: set AZURE_SUBSCRIPTION_ID to the id of one that there is (az account list --output table), or log in to its tenant (az login --tenant TENANT)." >&2 ;;
        *) echo "az doesn't tell who is logged in: ${said:-it says nothing}. See whether az account show works." >&2 ;;
    esac
    exit 1
fi
case $subscription in *'|N/A(tenant level account)') echo "The account that az is logged in with has no subscription: have a role in one given to it, and run az login again." >&2; exit 1 ;; esac
subscription_name=${subscription#*|} subscription=${subscription%%|*}
az() { command az "$@" --subscription "$subscription" --only-show-errors; }
# Gives az a command. Where that fails, this says so in a line, with what az said. MESSAGE WORD...
attempt() {
    failing=$1
    shift
    # What az answers goes where this one's answer goes, past the words that it is caught by.
    why=$(az "$@" 2>&1 >&3) || {
        why=$(printf '%s\n' "$why" | complaint)
        echo "$failing: ${why:-az says nothing}. Run ./${0##*/} again." >&2
        return 1
    }
} 3>&1
group=${AZURE_RESOURCE_GROUP:-@GROUP@}
case $group in
    -* | *. | *[!A-Za-z0-9_.\(\)-]*) can_be_named= ;;
    *) can_be_named=true ;;
esac
[ ${#group} -le @LONGEST@ ] || can_be_named=
[ -n "$can_be_named" ] || { echo "\"$group\" can't name a resource group: set AZURE_RESOURCE_GROUP to up to @LONGEST@ letters, digits, hyphens, underscores, periods and parentheses, no hyphen first and no period last." >&2; exit 1; }
if ! exists=$(az group exists --name "$group" --output tsv 2>/dev/null); then
    said=$(az group exists --name "$group" 2>&1 >/dev/null | complaint)
    case $said in
        *AADSTS* | *'az login'*) echo "az's login has ended: run az login." >&2 ;;
        *) echo "Azure doesn't answer for the subscription $subscription_name: ${said:-az says nothing}. Run ./${0##*/} again." >&2 ;;
    esac
    exit 1
fi
place=
if [ "$exists" = true ]; then
    place=$(attempt "Azure doesn't tell what the resource group $group is" group show --name "$group" --query "join('|', [location, tags.\"@TAG@\" || ''])" --output tsv)
    # Nothing is done to what isn't this deployment's, whatever its name.
    [ "${place#*|}" = @NAME@ ] || {
        echo "The resource group $group isn't this deployment's, as it has no tag @TAG@=@NAME@: name another with AZURE_RESOURCE_GROUP, or hand it over (az tag update --operation Merge --tags @TAG@=@NAME@ --resource-id /subscriptions/$subscription/resourceGroups/$group)." >&2
        exit 1
    }
    place=${place%%|*}
fi
