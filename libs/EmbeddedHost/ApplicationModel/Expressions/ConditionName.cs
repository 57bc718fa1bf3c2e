using System.IO.Hashing;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

internal static class ConditionName
{
    /// <summary>The name that a manifest knows a conditional expression by: <c>cond-</c>, the condition's expression, and a hash of the whole, as Aspire makes it.</summary>
    public static string Of(string condition, string matchValue, string whenTrue, string whenFalse)
    {
        var hash = Convert.ToHexStringLower(XxHash32.Hash(Encoding.UTF8.GetBytes(condition + whenTrue + whenFalse + matchValue)));
        var words = new string([.. condition.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"cond-{(words.Length == 0 ? "expr" : string.Join('-', words))}-{hash}";
    }
}
