namespace AspireDeploy.Tools;

/// <summary>Finds the <c>dotnet</c> that starts a framework-dependent program.</summary>
internal static class DotnetMuxer
{
    /// <summary>Returns the one that runs this process or built it, else the one in <c>PATH</c>, else the bare name.</summary>
    public static string Find(ToolEnvironment environment)
    {
        var name = environment.Executable("dotnet");
        if (Environment.ProcessPath is { } self && Path.GetFileName(self).Equals(name, StringComparison.OrdinalIgnoreCase))
        {
            return self;
        }

        if (environment.Variable("DOTNET_HOST_PATH") is { } host && File.Exists(host))
        {
            return host;
        }

        return environment.Variable("DOTNET_ROOT") is { } root && File.Exists(Path.Combine(root, name))
            ? Path.Combine(root, name)
            : environment.OnPath("dotnet") ?? "dotnet";
    }
}
