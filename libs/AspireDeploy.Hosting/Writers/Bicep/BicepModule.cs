namespace AspireDeploy.Writers.Bicep;

/// <summary>A Bicep file: parameters, resources and outputs, each in the order in which they are listed. (https://learn.microsoft.com/azure/azure-resource-manager/bicep/file)</summary>
internal sealed record BicepModule
{
    /// <summary>What stands at its head, lines parted by <c>\n</c>.</summary>
    public required string Comment { get; init; }

    /// <summary>What whoever deploys it gives it.</summary>
    public IReadOnlyList<BicepParameter> Parameters { get; init; } = [];

    /// <summary>What it deploys.</summary>
    public required IReadOnlyList<BicepResource> Resources { get; init; }

    /// <summary>What it tells afterwards.</summary>
    public IReadOnlyList<BicepOutput> Outputs { get; init; } = [];
}

/// <summary>A parameter of type string.</summary>
/// <param name="Name">Its name, an identifier.</param>
/// <param name="Description">What it is, as a sentence.</param>
internal sealed record BicepParameter(string Name, string Description)
{
    /// <summary>Its value if none is given; null: one must be.</summary>
    public BicepValue? Default { get; init; }

    /// <summary>Whether nobody may see its value.</summary>
    public bool Secure { get; init; }
}

/// <summary>A resource.</summary>
/// <param name="Symbol">What the module calls it, an identifier.</param>
/// <param name="Type">Its type with the version: <c>Microsoft.App/jobs@2025-07-01</c>.</param>
/// <param name="Body">Its properties.</param>
internal sealed record BicepResource(string Symbol, string Type, BicepObject Body)
{
    /// <summary>Whether it is there already and only referred to.</summary>
    public bool Existing { get; init; }

    /// <summary>What must hold for it to be deployed; null: it always is.</summary>
    public BicepCode? Condition { get; init; }

    /// <summary>What stands above it as a comment; null: nothing.</summary>
    public string? Comment { get; init; }
}

/// <summary>An output of type string.</summary>
/// <param name="Name">Its name, an identifier.</param>
/// <param name="Value">Its value.</param>
internal sealed record BicepOutput(string Name, BicepValue Value);
