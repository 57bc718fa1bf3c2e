using System.Security.Cryptography;
using System.Text;

namespace AspireDeploy.Targets.Shared;

/// <summary>Digits for a name that has to change when a content does.</summary>
internal static class ContentHash
{
    /// <summary>Returns eight digits.</summary>
    internal static string Short(string text) => Digits(text, 4);

    /// <summary>Returns sixteen digits.</summary>
    internal static string Long(IEnumerable<string> contents) => Digits(string.Concat(contents), 8);

    private static string Digits(string text, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
