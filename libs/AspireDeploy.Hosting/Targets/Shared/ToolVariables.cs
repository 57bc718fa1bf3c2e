using System.Text.RegularExpressions;

namespace AspireDeploy.Targets.Shared;

/// <summary>
/// Variables that programs of a deployment read themselves: which engine or cluster is meant, where programs are, what they load. Some of
/// them read a file of settings too and others don't, so that such a line would have one engine checked and another deployed to.
/// </summary>
internal static partial class ToolVariables
{
    /// <summary>Gets their names, as a regular expression of awk and of .NET.</summary>
    internal const string Pattern =
        "^(DOCKER_|COMPOSE_|BUILDKIT_|BUILDX_|KUBE|NOMAD_|ASPIREDEPLOY_|LD_|DYLD_|OPENSSL_|CURL_).*$|"
        + "^(PATH|HOME|IFS|ENV|BASH_ENV|CDPATH|SHELL|PWD|TMPDIR|GCONV_PATH|SSL_CERT_FILE|SSL_CERT_DIR|SSLKEYLOGFILE)$";

    /// <summary>Returns whether a setting of this name would be one.</summary>
    internal static bool Includes(string setting) => Names().IsMatch(setting);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
