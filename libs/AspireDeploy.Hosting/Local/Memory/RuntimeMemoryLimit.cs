using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Memory;

/// <summary>
/// Tells the runtime of a limit, so that it stays under it where it can: .NET collects harder as its heap nears it; a container engine is
/// given it. .NET reads the variable as a hexadecimal number (.NET runtime configuration, "Heap hard limit").
/// </summary>
internal static class RuntimeMemoryLimit
{
    internal const string HeapVariable = "DOTNET_GCHeapHardLimit";

    internal static void Apply(IResource resource)
    {
        if (!resource.TryGetLastAnnotation<MemoryAnnotation>(out var declared))
            return;
        var limit = declared.Memory.Limit.Bytes;
        if (resource is ProjectResource)
        {
            resource.Annotations.Add(
                new EnvironmentCallbackAnnotation(context =>
                    context.EnvironmentVariables.TryAdd(HeapVariable, limit.ToString("X", CultureInfo.InvariantCulture))
                )
            );
        }
        else if (resource is ContainerResource)
        {
            resource.Annotations.Add(
                new ContainerRuntimeArgsCallbackAnnotation(args =>
                {
                    args.Add("--memory");
                    args.Add(string.Create(CultureInfo.InvariantCulture, $"{limit}b"));
                })
            );
        }
    }
}
