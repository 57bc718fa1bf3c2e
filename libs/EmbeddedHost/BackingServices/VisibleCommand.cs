namespace Aspire.Hosting.BackingServices;

/// <summary>What people know a backing server's process by: its program and arguments, without what hands it to another user or to the .NET runtime.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record VisibleCommand(string Program, IReadOnlyList<string> Arguments)
{
    public static VisibleCommand Of(string executablePath, IReadOnlyList<string> arguments)
    {
        var handedOver = Path.GetFileName(executablePath) == "setpriv" ? arguments.ToList().IndexOf("--") : -1;
        if (handedOver >= 0 && handedOver + 1 < arguments.Count)
        {
            return Of(arguments[handedOver + 1], [.. arguments.Skip(handedOver + 2)]);
        }

        var isRuntime = Path.GetFileNameWithoutExtension(executablePath) == "dotnet" && arguments is [var assembly, ..] && assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        return isRuntime ? new(arguments[0], [.. arguments.Skip(1)]) : new(executablePath, arguments);
    }
}
