using AspireDeploy.Targets;

namespace AspireDeploy.Publishing;

/// <summary>The names of the steps that publish.</summary>
internal static class StepNames
{
    /// <summary>
    /// Gets the step that reads the declaration, which all targets' <c>check-NAME</c> come after: its mistakes are told once.
    /// </summary>
    internal const string CheckDeclaration = "check-declaration";

    /// <summary>Returns the step that makes a target's files in memory.</summary>
    internal static string Check(TargetResource resource) => $"check-{resource.Name}";

    /// <summary>Returns the step that writes a target's files.</summary>
    internal static string Publish(TargetResource resource) => $"publish-{resource.Name}";
}
