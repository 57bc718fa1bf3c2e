namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Describes what a parameter of a module is given. azd reads it from the manifest as an expression (Azure/azure-dev,
/// cli/azd/pkg/apphost/generate.go, evalBindingRef); the scripts as a word and what it is of.
/// </summary>
internal abstract record ModuleArgument
{
    /// <summary>Gets the expression of the manifest.</summary>
    internal abstract string Expression { get; }
}

/// <summary>Describes what another module tells once it is deployed.</summary>
/// <param name="Resource">The resource that the module belongs to.</param>
/// <param name="Output">The output.</param>
internal sealed record OutputArgument(string Resource, string Output) : ModuleArgument
{
    /// <inheritdoc />
    internal override string Expression => $"{{{Resource}.outputs.{Output}}}";
}

/// <summary>The image that was made of a workload.</summary>
/// <param name="Workload">Its name.</param>
internal sealed record ImageArgument(string Workload) : ModuleArgument
{
    /// <inheritdoc />
    internal override string Expression => $"{{{Workload}.containerImage}}";
}

/// <summary>The value of a secret or of a parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSecret">Whether nobody may see it.</param>
internal sealed record ValueArgument(string Name, bool IsSecret) : ModuleArgument
{
    /// <inheritdoc />
    internal override string Expression => $"{{{Name}.value}}";
}

/// <summary>
/// Describes who deploys: azd fills it in where nothing is given. The scripts' images are pushed by who owns the resource group.
/// </summary>
internal sealed record DeployerArgument : ModuleArgument
{
    /// <inheritdoc />
    internal override string Expression => "";
}
