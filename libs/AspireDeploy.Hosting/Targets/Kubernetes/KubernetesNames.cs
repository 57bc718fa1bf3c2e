using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>Names of objects and of what is in them. (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/)</summary>
internal static class KubernetesNames
{
    /// <summary>Gets a StatefulSet's name becomes a label's value with a hyphen and a revision of ten characters.</summary>
    internal const int LongestStatefulSet = DnsLabel.Longest - 11;

    /// <summary>Gets a Job's name is a label's value, here with a hyphen and a hash of eight characters.</summary>
    internal const int LongestJob = DnsLabel.Longest - 9;

    /// <summary>Gets the ConfigMap with what a person chose, for services.</summary>
    internal const string Settings = "settings";

    /// <summary>Gets the same for jobs, under a name that doesn't change with its content: a Job can't be changed in place.</summary>
    internal const string JobSettings = "settings-of-jobs";

    /// <summary>Gets the policy that lets nobody talk to anybody; a dot, so that no workload's has its name.</summary>
    internal const string DenyAll = "deny.all";

    internal static string SettingsOf(Workload workload) => workload.IsJob ? JobSettings : Settings;

    internal static string SecretOf(Workload workload) => $"{workload.Label}-secrets";

    internal static string FilesOf(Workload workload) => $"{workload.Label}-files";

    internal static string ExternalServiceOf(Workload workload) => $"{workload.Label}-external";

    internal static string CertificateOf(PublicGateway gateway) => $"{gateway.Label}-certificate";

    /// <summary>
    /// Returns a text as a key of a Secret: itself, or where that is none, hyphens for what none may have and a hash that tells it from
    /// others.
    /// </summary>
    internal static string KeyOf(string text)
    {
        if (IsKey(text))
            return text;
        var key = new StringBuilder(text.Length + 9);
        foreach (var letter in text)
            key.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' ? letter : '-');
        return key.Append('-').Append(ContentHash.Short(text)).ToString();
    }

    /// <summary>Returns whether a text may be a key of a ConfigMap or a Secret.</summary>
    internal static bool IsKey(string text) =>
        text.Length is > 0 and <= 253
        && text is not ("." or "..")
        && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
