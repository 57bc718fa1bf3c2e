using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Names one instance of a resource, as DCP and the dashboard know it: the resource's name, a hyphen and eight letters.</summary>
internal static class InstanceName
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const int SuffixLength = 8;

    public static ResourceInstance Create(string resourceName, int index)
    {
        var suffix = RandomNumberGenerator.GetString(Letters, SuffixLength);
        return new($"{resourceName}-{suffix}", suffix, index);
    }
}
