namespace AspireDeploy.Tools;

/// <summary>Finds, in all that a failed program wrote, the line that says why.</summary>
internal static class Complaint
{
    private const int Longest = 300;

    private static readonly string[] Prefixes = ["npm error", "npm ERR!"];

    // How npm describes a failure to programs, before it tells a person; and where in its own code it happened.
    private static readonly string[] Noise = ["code ", "syscall ", "errno ", "at ", "A complete log of this run"];

    /// <summary>Returns that line, shortened where it is long.</summary>
    /// <param name="text">What the program wrote.</param>
    public static string In(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(WithoutPrefix)
            .Where(line => line.Length > 0 && !Noise.Any(noise => line.StartsWith(noise, StringComparison.Ordinal)))
            .ToList();
        var telling = lines.Find(line =>
            line.Contains("failed", StringComparison.OrdinalIgnoreCase) || line.Contains("error", StringComparison.OrdinalIgnoreCase)
        ) ?? string.Join(' ', lines);
        return telling.Length <= Longest ? telling : telling[..Longest] + "…";
    }

    private static string WithoutPrefix(string line)
    {
        var prefix = Prefixes.FirstOrDefault(prefix => line.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is null ? line : line[prefix.Length..].Trim();
    }
}
