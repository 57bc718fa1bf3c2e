namespace AspireDeploy.Writers.Bicep;

/// <summary>
/// A Bicep file: parameters, resources and outputs, each in the order in which they are listed.
/// (https://learn.microsoft.com/azure/azure-resource-manager/bicep/file)
/// </summary>
internal sealed record BicepModule
{
    /// <summary>Gets what stands at its head, lines parted by <c>\n</c>.</summary>
    public required string Comment { get; init; }

    /// <summary>Gets what it is deployed to. Defaults to null, a resource group.</summary>
    public string? TargetScope { get; init; }

    /// <summary>Gets what whoever deploys it gives it.</summary>
    public IReadOnlyList<BicepParameter> Parameters { get; init; } = [];

    /// <summary>Gets what it deploys.</summary>
    public required IReadOnlyList<BicepResource> Resources { get; init; }

    /// <summary>Gets the modules that it deploys, after its resources. Defaults to none.</summary>
    public IReadOnlyList<BicepModuleReference> Modules { get; init; } = [];

    /// <summary>Gets what it tells afterwards.</summary>
    public IReadOnlyList<BicepOutput> Outputs { get; init; } = [];
}

/// <summary>A module that another one deploys.</summary>
/// <param name="Symbol">What that one calls it, an identifier.</param>
/// <param name="Path">Its file, relative to that one's.</param>
/// <param name="Body">Its name as a deployment, its scope and its parameters.</param>
internal sealed record BicepModuleReference(string Symbol, string Path, BicepObject Body);

/// <summary>A parameter.</summary>
/// <param name="Name">Its name, an identifier.</param>
/// <param name="Description">What it is, as a sentence.</param>
internal sealed record BicepParameter(string Name, string Description)
{
    /// <summary>Gets its type. Defaults to <c>string</c>.</summary>
    public string Type { get; init; } = "string";

    /// <summary>Gets its value if none is given; null: one must be.</summary>
    public BicepValue? Default { get; init; }

    /// <summary>Gets a value that indicates whether nobody may see its value.</summary>
    public bool Secure { get; init; }
}

/// <summary>A resource.</summary>
/// <param name="Symbol">What the module calls it, an identifier.</param>
/// <param name="Type">Its type with the version: <c>Microsoft.App/jobs@2025-07-01</c>.</param>
/// <param name="Body">Its properties.</param>
internal sealed record BicepResource(string Symbol, string Type, BicepObject Body)
{
    /// <summary>Gets a value that indicates whether it is there already and only referred to.</summary>
    public bool Existing { get; init; }

    /// <summary>Gets what must hold for it to be deployed; null: it always is.</summary>
    public BicepCode? Condition { get; init; }

    /// <summary>Gets what stands above it as a comment; null: nothing.</summary>
    public string? Comment { get; init; }
}

/// <summary>An output.</summary>
/// <param name="Name">Its name, an identifier.</param>
/// <param name="Value">Its value.</param>
internal sealed record BicepOutput(string Name, BicepValue Value)
{
    /// <summary>Gets its type. Defaults to <c>string</c>.</summary>
    public string Type { get; init; } = "string";
}
