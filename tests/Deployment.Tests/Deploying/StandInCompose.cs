namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// A stand-in for the <c>docker</c> command on the path, over an engine whose containers are files: what serves, its state, and what it was
/// made of. It stops where a test has it stop, which an engine doesn't.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class StandInCompose : IDisposable
{
    private const string Program = """
        #!/bin/sh
        project=$PWD
        cd "$STANDIN_COMPOSE" || exit 1
        for last; do :; done
        of() { for each in containers/*; do [ ! -e "$each" ] || [ "$(sed -n 1p "$each")" != "$1" ] || echo "${each#*/}"; done; }
        case "$*" in
            'version '*) echo 28.0.0 ;;
            'compose version '*) echo 2.40.0 ;;
            'compose config --format'*) echo "  \"aspiredeploy.content\": \"$last sha256-new\"" ;;
            'compose config') if [ "${COMPOSE_FILE-}" = compose.yaml ]; then cat published; else cat merged; fi ;;
            'compose config --services') sed -n 's/^  \([a-z]*\):$/\1/p' merged ;;
            'compose ps '*' created') ;;
            'compose ps '*) of "$last" ;;
            'ps --all '*'service='*) [ ! -e broken ] || { echo 'no answer' >&2; exit 1; }; of "${last##*=}" ;;
            'compose up --no-start'*) [ -z "${COMPOSE_IGNORE_ORPHANS-}" ] || { echo 'cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans' >&2; exit 1; } ;;
            'compose up '*)
                mark=$([ -z "${COMPOSE_FILE-}" ] || sed -n "/^  $last:/,/override:/s/.*override: \"\(.*\)\"/ \1/p" "$project/.deploying/override.yaml")
                printf '%s\nrunning healthy 0 0\n%s sha256-new\n%s\n' "$last" "$last" "$mark" >"containers/new$([ ! -e "containers/new-$last" ] || echo er)-$last"
                echo "$last" >>started
                ;;
            'inspect --format {{.State.Status}}'*)
                if [ "$last" = new-api ] && [ -e "interrupt" ]; then rm interrupt; kill -s TERM -- "-$(cat group)"; fi
                if [ "$last" = new-api ] && [ -e "hold" ]; then : >reached; echo 'running starting 0 0'; else sed -n 2p "containers/$last"; fi
                ;;
            'inspect --format {{.Config.Image}}'*) echo image ;;
            'image inspect '*) echo sha256:1 ;;
            'inspect --format {{json'*) echo "\"$(sed -n 3p "containers/$last")\" sha256:1$(sed -n 4p "containers/$last")" ;;
            'stop '*) [ ! -e sleep ] || echo "stop $last" >>waited ;;
            'network inspect '*) [ -e "network" ] || exit 1 ;;
            'ps --quiet --filter network='*) [ ! -s network ] || echo traefik ;;
            'inspect --format {{range .Args}}'*) sed -n '2,$p' network ;;
            'inspect --format {{index .Config.Labels'*) sed -n 1p network ;;
            'rm '*) for each; do rm -f "containers/$each"; done ;;
            'compose exec '*) cat >>told ;;
        esac
        exit 0

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-compose-");

    internal StandInCompose()
    {
        var program = PathOf("docker");
        File.WriteAllText(program, Program);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.CreateSubdirectory("containers");
    }

    /// <summary>Gets what puts it on the path.</summary>
    internal string[] Variables =>
        [$"PATH={_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}", $"STANDIN_COMPOSE={_folder.FullName}"];

    /// <summary>Gets the containers that there are.</summary>
    internal IEnumerable<string> Containers =>
        Directory.GetFiles(PathOf("containers")).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Gets what was written to servers.</summary>
    internal string Received => File.Exists(PathOf("told")) ? File.ReadAllText(PathOf("told")) : "";

    /// <summary>Has a container that runs, of a version.</summary>
    internal void Add(string container, string service, string version) =>
        File.WriteAllText(PathOf($"containers/{container}"), $"{service}\nrunning healthy 0 0\n{service} sha256-{version}\n");

    /// <summary>Says what configuration Compose makes of what was published alone, and of all files.</summary>
    internal void Configure(string published, string merged)
    {
        File.WriteAllText(PathOf("published"), published);
        File.WriteAllText(PathOf("merged"), merged);
    }

    /// <summary>Returns which services were started or replaced since it was last asked.</summary>
    internal IReadOnlyList<string> TakeStarted()
    {
        IReadOnlyList<string> started = File.Exists(PathOf("started")) ? File.ReadAllLines(PathOf("started")) : [];
        File.Delete(PathOf("started"));
        return started;
    }

    /// <summary>
    /// Has a network, and on it what somebody sees of a Traefik: what its image is called and its version, and its arguments.
    /// </summary>
    internal void AddNetwork(params string[] traefik) =>
        File.WriteAllText(PathOf("network"), string.Concat(traefik.Select(static line => line + "\n")));

    /// <summary>Notes, rather than sleeps, how long a script waits, and which containers it stops in between.</summary>
    internal void NoteWaits()
    {
        File.WriteAllText(PathOf("sleep"), "#!/bin/sh\necho \"sleep $1\" >>\"$STANDIN_COMPOSE/waited\"\n");
        File.SetUnixFileMode(PathOf("sleep"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Gets what was noted.</summary>
    internal IEnumerable<string> Waited => File.Exists(PathOf("waited")) ? File.ReadAllLines(PathOf("waited")) : [];

    /// <summary>Sets a mark that it looks for: <c>broken</c>, <c>hold</c>, <c>interrupt</c>.</summary>
    internal void Set(string mark) => File.WriteAllText(PathOf(mark), "");

    /// <summary>Takes a mark, or a container, away.</summary>
    internal void Unset(string mark) => File.Delete(PathOf(mark));

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string path) => Path.Combine(_folder.FullName, path);
}
