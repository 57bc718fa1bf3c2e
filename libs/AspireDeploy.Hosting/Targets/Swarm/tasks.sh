# The nodes: ID|NAME|STATUS|DATA, where DATA is true on the one with the data.
nodes() {
    ids=$(docker node ls --quiet) || return 1
    # shellcheck disable=SC2086
    docker node inspect --format '{{.ID}}|{{.Description.Hostname}}|{{.Status.State}}|{{index .Spec.Labels "@DATA_LABEL@"}}' $ids
}

# From what lists tasks as NODE|..., those on a node that is ready, and those that no node has yet; its name takes the place of its id. Of a node that is down the swarm knows
# nothing: it goes on calling what ran there running.
on_ready_nodes() {
    ready=$(nodes) || return 1
    # shellcheck disable=SC2086,SC2116
    awk -F '|' -v OFS='|' -v nodes="$(echo $ready)" 'BEGIN { n = split(nodes, lines, " "); for (i = 1; i <= n; i++) { split(lines[i], node, "|"); if (node[3] == "ready") name[node[1]] = node[2] } }
        $1 == "" { print; next } $1 in name { $1 = name[$1]; print }'
}

# The names of the nodes that are down, for a person.
down() { nodes | awk -F '|' '$3 != "ready" { printf "%s%s", comma, $2; comma = ", " }'; }

# Tasks of the whole stack that haven't ended yet: NODE|DESIRED|IMAGE.
running() {
    tasks=$(docker stack ps --no-resolve --no-trunc --format '{{.Node}}|{{.DesiredState}}|{{.Image}}|{{.CurrentState}}' @STACK@ 2>&1) || case $tasks in
        *'nothing found in stack'*) tasks= ;;
        *) echo "$tasks" >&2; return 1 ;;
    esac
    echo "$tasks" | awk -F '|' '$0 != "" && $NF !~ /^(Complete|Shutdown|Failed|Rejected|Remove|Orphaned)/' | sed -e 's/|[^|]*$//' -e 's/@sha256:[0-9a-f]*//' | on_ready_nodes
}

# Those as a person reads them: postgres:18.3 on node-2.
told() { awk -F '|' '{ n = split($3, path, "/"); printf "%s%s on %s", comma, path[n], $1 == "" ? "no node" : $1; comma = ", " }'; }
