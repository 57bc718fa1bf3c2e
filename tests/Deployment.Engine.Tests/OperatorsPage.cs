namespace AspireDeploy.EngineTests;

/// <summary>A target's page for operators, <c>docs/targets/NAME.md</c>: what it tells them to run.</summary>
internal static class OperatorsPage
{
    private const string Fence = "```";
    private const string Placeholder = "APPLICATION";

    /// <summary>Returns the commands under a heading, a script for each block.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="heading">The heading, without its marks.</param>
    /// <param name="application">What the deployment is called.</param>
    internal static string[] Commands(string target, string heading, string application)
    {
        var page = File.ReadAllText(Path.Combine(Solution.Directory, "docs", "targets", $"{target}.md")).ReplaceLineEndings("\n");
        var section = page.Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        return
        [
            .. section
                .Split(Fence)
                .Where(static (_, index) => index % 2 == 1)
                .Select(block => block.Replace(Placeholder, application, StringComparison.Ordinal)),
        ];
    }
}
