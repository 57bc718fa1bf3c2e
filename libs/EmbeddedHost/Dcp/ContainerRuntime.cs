using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.BackingServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>The container engine that DCP uses, as <c>dcp info</c> tells of it.</summary>
internal sealed class ContainerRuntime(DcpSettings settings, ILogger<ContainerRuntime> logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    /// <summary>Looks whether containers can be run.</summary>
    /// <returns>What is in the way, in one line that says what mends it; null if nothing is, or if DCP can't tell.</returns>
    public async Task<Obstacle?> LookAsync(CancellationToken cancellationToken)
    {
        if (await AskAsync(cancellationToken).ConfigureAwait(false) is not { } engine)
        {
            return null;
        }

        var name = engine.Runtime == "podman" ? "Podman" : "Docker";
        return engine switch
        {
            { Installed: false } => new(IsForGood: true,
                $"{name} is not installed, or '{engine.Runtime}' is not in PATH: install it, or, where only PostgreSQL and Redis need it, run them as processes (leave out '--backing-services Container')."),
            { Running: false } => new(IsForGood: false, $"{name} is installed but does not answer: start it, and the containers start by themselves.{Detail(engine.Error)}"),
            _ => null,
        };
    }

    private async Task<Containers?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        IReadOnlyList<string> arguments = settings.ContainerRuntime is { } runtime ? ["info", "--container-runtime", runtime] : ["info"];
        try
        {
            var outcome = await OneShot.RunAsync(new(settings.FindDcp(), arguments, Environment.CurrentDirectory, new Dictionary<string, string>()), "", limit.Token).ConfigureAwait(false);
            return JsonSerializer.Deserialize(outcome.Output, ContainerRuntimeJson.Default.DcpInfo)?.Containers;
        }
        catch (Exception e) when (e is JsonException or DistributedApplicationException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogDebug(e, "DCP doesn't tell of the container engine.");
            return null;
        }
    }

    // The engine's own words come last.
    private static string Detail(string? error) =>
        error?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } last ? $" It says: {last}" : "";

    /// <summary>What keeps containers from being run.</summary>
    /// <param name="IsForGood">Whether it can't pass while the application runs.</param>
    /// <param name="Message">One line that says what mends it.</param>
    internal sealed record Obstacle(bool IsForGood, string Message);

    internal sealed record DcpInfo(Containers? Containers);

    internal sealed record Containers(string? Runtime, bool Installed, bool Running, string? Error);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ContainerRuntime.DcpInfo))]
internal sealed partial class ContainerRuntimeJson : JsonSerializerContext;
