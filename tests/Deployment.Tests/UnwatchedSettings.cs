using System.Runtime.CompilerServices;

namespace AspireDeploy.Tests;

/// <summary>
/// Has no AppHost of these tests watch its settings files: there are hundreds in one process, each watcher takes one of the system's few,
/// and none is needed. (https://learn.microsoft.com/dotnet/core/extensions/generic-host#host-configuration)
/// </summary>
internal static class UnwatchedSettings
{
    [ModuleInitializer]
    internal static void Choose() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
