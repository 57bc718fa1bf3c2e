using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>A line of the dashboard's log, as .NET's JSON console formatter writes it.</summary>
internal sealed record DashboardLogMessage(LogLevel Level, string Category, string Text)
{
    private const string DashboardPrefix = "Aspire.Dashboard.";

    /// <summary>
    /// The category under which the AppHost logs it: <c>Aspire.Hosting.Dashboard</c>, with <c>ThirdParty</c> for what isn't the dashboard's own code, so that
    /// one rule can silence either.
    /// </summary>
    public string HostCategory => Category.StartsWith(DashboardPrefix, StringComparison.Ordinal)
        ? $"{DashboardLog.RootCategory}.{Category[DashboardPrefix.Length..]}"
        : $"{DashboardLog.ThirdPartyCategory}.{Category}";

    /// <summary>Reads a line; null if it is something else, such as the runtime's own report of a crash.</summary>
    /// <param name="line">The line, after a timestamp or not.</param>
    public static DashboardLogMessage? Parse(string line)
    {
        var start = line.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(line.AsMemory(start));
            var root = json.RootElement;
            if (!Enum.TryParse<LogLevel>(Member(root, "LogLevel"), out var level) || Member(root, "Category") is not { } category)
            {
                return null;
            }

            var message = Member(root, "Message") ?? "";
            return new(level, category, Member(root, "Exception") is { Length: > 0 } exception ? $"{message}{Environment.NewLine}{exception}" : message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
