namespace AspireDeploy.Reading;

/// <summary>Describes what a plan needs to know beside the app model.</summary>
/// <param name="Application">The application's name, a DNS label: <c>shop</c>.</param>
/// <param name="Version">The version that is deployed: the tag of images made from projects.</param>
/// <param name="AppHostDirectory">The AppHost's directory, absolute; projects' paths are relative to it.</param>
/// <param name="SolutionDirectory">The directory that files which come with the deployment must be in, absolute.</param>
internal sealed record PlanningOptions(string Application, string Version, string AppHostDirectory, string SolutionDirectory)
{
    /// <summary>Reads files of the solution that are mounted into containers.</summary>
    public ISolutionFiles Files { get; init; } = new SolutionFiles();
}
