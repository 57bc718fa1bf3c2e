using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Memory;

/// <summary>
/// Has .NET programs whose memory is declared collect as on a workstation while they run on a developer's machine: the server's collector,
/// which web programs have by default, keeps a heap for each core, and several replicas share the cores. What a program's own declaration
/// says stands. (.NET runtime configuration, "Workstation vs. server garbage collection".)
/// </summary>
internal static class WorkstationGarbageCollection
{
    internal const string Variable = "DOTNET_gcServer";

    internal static void Apply(IResource resource)
    {
        if (resource is not ProjectResource || !resource.HasAnnotationOfType<MemoryAnnotation>())
            return;
        resource.Annotations.Add(
            new EnvironmentCallbackAnnotation(context =>
            {
                if (context.ExecutionContext.IsRunMode)
                    context.EnvironmentVariables.TryAdd(Variable, "0");
            })
        );
    }
}
