namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard calls the application: the AppHost's name without its customary ending.</summary>
internal sealed record DashboardApplicationName(string Value)
{
    private const string Ending = "AppHost";

    public static DashboardApplicationName From(string appHostName)
    {
        var name = appHostName.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? appHostName[..^Ending.Length].TrimEnd('.') : appHostName;
        return new(name.Length > 0 ? name : appHostName);
    }
}
