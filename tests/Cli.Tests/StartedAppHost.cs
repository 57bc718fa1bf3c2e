using System.Text.Json.Nodes;
using AspireDeploy.Engines;

namespace Cli.Tests;

/// <summary>The solution, started once by <c>aspire start</c> for several tests; each leaves three healthy replicas.</summary>
public sealed class StartedAppHost(RestoredTool tool) : IAsyncLifetime
{
    /// <summary>Gets where the command runs.</summary>
    public AspireHome Home { get; } = new(tool);

    /// <summary>Gets or sets what <c>aspire start --format json</c> told.</summary>
    public JsonNode Started { get; private set; } = new JsonObject();

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await SolutionTools.RequireAsync(TestContext.Current.CancellationToken);
        Started = (await Home.SucceedAsync("start", "--isolated", "--no-build", "--format", "json")).Json;
        await Home.UntilHealthyAsync("api");
    }

    /// <summary>Returns what <c>aspire describe</c> tells of the replicas of the API.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReplicasAsync() =>
        [.. (await DescribeAsync()).Where(resource => Text(resource, "displayName") == "api")];

    /// <summary>Returns what <c>aspire describe</c> tells of every resource.</summary>
    public async Task<IReadOnlyList<JsonNode>> DescribeAsync() =>
        [.. (await Home.SucceedAsync("describe", "--format", "json")).Json["resources"]!.AsArray().Select(resource => resource!)];

    /// <summary>Returns a text of what is told; empty where there is none.</summary>
    public static string Text(JsonNode resource, string name)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource[name]?.ToString() ?? "";
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Home.DisposeAsync();
}
