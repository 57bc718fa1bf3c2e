using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// Writes resources to a manifest: the JSON that deployment tools such as <c>azd</c> read, as the schema <c>aspire-8.0.json</c> of
/// https://json.schemastore.org has it.
/// </summary>
/// <param name="executionContext">What the AppHost was started for.</param>
/// <param name="manifestPath">Where the manifest is going to be; paths in it are relative to its directory.</param>
/// <param name="writer">Writes the JSON.</param>
/// <param name="cancellationToken">Gives up.</param>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext,
    string manifestPath,
    Utf8JsonWriter writer,
    CancellationToken cancellationToken = default)
{
    private readonly PortAllocator _ports = new();

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Where the manifest is going to be.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>Writes the JSON.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Gives up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    internal ManifestReferences References { get; } = new();

    /// <summary>A path as the manifest writes it: relative to its directory, with slashes.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path; null if it is null.</returns>
    [return: NotNullIfNotNull(nameof(path))]
    public string? GetManifestRelativePath(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!;
        var native = path.Replace('\\', Path.DirectorySeparatorChar).Replace('/', Path.DirectorySeparatorChar);
        return Path.GetRelativePath(directory, native).Replace('\\', '/');
    }

    /// <summary>Notes what a value refers to, so that it is written too even if it isn't part of the model.</summary>
    /// <param name="value">The value.</param>
    public void TryAddDependentResources(object? value) => References.Add(value);

    /// <summary>Writes <c>connectionString</c>, if the resource has one.</summary>
    /// <param name="resource">The resource.</param>
    public void WriteConnectionString(IResource resource)
    {
        if (resource is IResourceWithConnectionString { ConnectionStringExpression: { } connectionString })
        {
            References.Add(connectionString);
            Writer.WriteString("connectionString", References.Text(connectionString));
        }
    }

    /// <summary>Writes <c>bindings</c>: the resource's endpoints, if it has any.</summary>
    /// <param name="resource">The resource.</param>
    public void WriteBindings(IResource resource)
    {
        var endpoints = resource.ResolveEndpoints(_ports);
        if (endpoints.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var resolved in endpoints)
        {
            WriteBinding(resolved);
        }

        Writer.WriteEndObject();
    }

    /// <summary>Writes <c>env</c>: the resource's environment variables, if it has any.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>A task that ends when they are written.</returns>
    public async Task WriteEnvironmentVariablesAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var variables = await ResolvedConfiguration.GatherEnvironmentAsync(resource, ExecutionContext, NullLogger.Instance, CancellationToken).ConfigureAwait(false);
        var texts = await TextsAsync(resource, variables).ConfigureAwait(false);
        if (texts.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("env");
        foreach (var (name, text) in texts)
        {
            Writer.WriteString(name, text);
        }

        Writer.WriteEndObject();
    }

    /// <summary>Writes <c>args</c>: the resource's command line arguments, if it has any.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>A task that ends when they are written.</returns>
    public async Task WriteCommandLineArgumentsAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var arguments = await ResolvedConfiguration.GatherArgumentsAsync(resource, ExecutionContext, NullLogger.Instance, CancellationToken).ConfigureAwait(false);
        var texts = await TextsAsync(resource, arguments.Select((argument, i) => KeyValuePair.Create(i, argument))).ConfigureAwait(false);
        if (texts.Count == 0)
        {
            return;
        }

        Writer.WriteStartArray("args");
        foreach (var (_, text) in texts)
        {
            Writer.WriteStringValue(text);
        }

        Writer.WriteEndArray();
    }

    /// <summary>Writes what there is to say of a container: its image, arguments, mounts, environment and endpoints.</summary>
    /// <param name="container">The container.</param>
    /// <returns>A task that ends when that is written.</returns>
    /// <exception cref="DistributedApplicationException">It has no image.</exception>
    public Task WriteContainerAsync(ContainerResource container)
    {
        ArgumentNullException.ThrowIfNull(container);
        return ManifestContainer.WriteAsync(this, container);
    }

    private void WriteBinding(ResolvedEndpoint resolved)
    {
        var endpoint = resolved.Endpoint;
        Writer.WriteStartObject(endpoint.Name);
        Writer.WriteString("scheme", endpoint.UriScheme);
        Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
        Writer.WriteString("transport", endpoint.Transport);
        if (resolved.ExposedPort is { Value: { } port, IsImplicit: false } && port != resolved.TargetPort.Value)
        {
            Writer.WriteNumber("port", port);
        }

        if (resolved.TargetPort.Value is { } targetPort)
        {
            Writer.WriteNumber("targetPort", targetPort);
        }

        if (endpoint.IsExternal)
        {
            Writer.WriteBoolean("external", true);
        }

        Writer.WriteEndObject();
    }

    private async Task<IReadOnlyList<(TKey Key, string Text)>> TextsAsync<TKey>(IResource resource, IEnumerable<KeyValuePair<TKey, object>> values)
    {
        var texts = new List<(TKey, string)>();
        foreach (var (key, declared) in values)
        {
            var value = declared is IResourceBuilder<IResource> builder ? builder.Resource : declared;
            var text = value is ReferenceExpression expression
                ? References.Text(expression)
                : (await ResolvedConfiguration.ValueAsync(resource, value, ExecutionContext, CancellationToken).ConfigureAwait(false)).Text;
            References.Add(value);
            if (text is not null)
            {
                texts.Add((key, text));
            }
        }

        return texts;
    }
}
