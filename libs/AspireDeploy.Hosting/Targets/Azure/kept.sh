# Ends the deployment where a server was made with a secret that isn't here, since it wouldn't take another. SECRET APP
kept() {
    [ ! -s "secrets/$1" ] && [ -n "$place" ] || return 0
    there=$(attempt "Azure doesn't tell what is in the resource group $group" resource list --resource-group "$group" --resource-type Microsoft.App/containerApps --query "[?name=='$2'].id" --output tsv)
    [ -z "$there" ] || {
        echo "secrets/$1 isn't here, and $2 in $group was made with one: copy secrets/ from where it was deployed, or take the value from Azure (az containerapp secret list --name $2 --resource-group $group --show-values)." >&2
        exit 1
    }
}
