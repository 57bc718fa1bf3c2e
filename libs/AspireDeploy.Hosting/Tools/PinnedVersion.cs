using System.Reflection;

namespace AspireDeploy.Tools;

/// <summary>Reads the version of a tool that a build pins (<c>Directory.Packages.props</c>).</summary>
internal static class PinnedVersion
{
    /// <summary>Returns the version that <paramref name="assembly"/> was built with.</summary>
    public static string Read(Assembly assembly, string tool) =>
        assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(pin => pin.Key == $"Tool:{tool}").Value!;
}
