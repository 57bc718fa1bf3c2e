using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>Docker's programs as <c>fetch</c> laid them out, to be run from there.</summary>
/// <param name="Root">The directory that <c>fetch</c> filled.</param>
internal sealed record DockerPrograms(string Root)
{
    private const string AlsoNeeded = "ip iptables nsenter setpriv unshare";

    private string Usr => Path.Combine(Root, "docker", "usr");

    public string Daemon => Path.Combine(Usr, "sbin", "dockerd");

    public string Client => Path.Combine(Usr, "bin", "docker");

    public string Registry => Path.Combine(Usr, "bin", "docker-registry");

    public string Init => Path.Combine(Usr, "bin", "docker-init");

    public string ClientPlugins => Path.Combine(Usr, "libexec", "docker", "cli-plugins");

    /// <summary>Gets what tells these programs, and the packages of the images, from another fetch's.</summary>
    public string Stamp => File.ReadAllText(Path.Combine(Root, "stamp")).Trim();

    /// <summary>Returns a <c>PATH</c> on which these programs come first.</summary>
    public string SearchPath(ToolEnvironment environment) =>
        string.Join(Path.PathSeparator, Path.Combine(Usr, "bin"), Path.Combine(Usr, "sbin"), environment.Variable("PATH"));

    /// <summary>Returns the root file system of an image, as a tar archive.</summary>
    /// <param name="image">The image's folder in <c>Images</c>.</param>
    public string RootFileSystem(string image) => Path.Combine(Root, "images", image + ".tar");

    public static ToolSearch<DockerPrograms> Find(ToolEnvironment environment, ToolCache cache)
    {
        const string Fetch = "run tests/Engines/Docker/fetch as root on Debian";
        if (!OperatingSystem.IsLinux() || !environment.IsRoot)
            return ToolSearch<DockerPrograms>.Missing("A Docker engine of the tests' own needs Linux and root.");
        var programs = new DockerPrograms(Path.Combine(cache.Root, "engines"));
        if (!File.Exists(Path.Combine(programs.Root, "stamp")))
            return ToolSearch<DockerPrograms>.Missing($"The tests' Docker engine is missing from {programs.Root}: {Fetch}.");
        return AlsoNeeded.Split(' ').FirstOrDefault(program => environment.OnPath(program) is null) is { } absent
            ? ToolSearch<DockerPrograms>.Missing(
                $"The tests' Docker engine needs '{absent}', which is not in PATH: install it (Debian: iproute2, iptables, util-linux)."
            )
            : ToolSearch<DockerPrograms>.Found(programs);
    }
}
