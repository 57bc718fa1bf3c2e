using System.Globalization;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>
/// Sizes as Docker reads them: <c>M</c> is 1024². (https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values)
/// </summary>
internal static class DockerSize
{
    internal static string Print(Size size) =>
        (size.Bytes % (1L << 20)) == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{size.Bytes >> 20}M")
            : string.Create(CultureInfo.InvariantCulture, $"{size.Bytes}b");
}
