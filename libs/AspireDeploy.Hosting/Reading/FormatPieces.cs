using System.Globalization;
using System.Text;

namespace AspireDeploy.Reading;

/// <summary>The pieces of a composite format string, <c>Host={0};Port={1}</c>, in which <c>{{</c> and <c>}}</c> stand for braces.</summary>
internal static class FormatPieces
{
    /// <summary>Text, and the numbers of the values between.</summary>
    internal static IEnumerable<(string Text, int? Index)> Split(string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] is '{' or '}' && i + 1 < format.Length && format[i + 1] == format[i])
                text.Append(format[i++]);
            else if (format[i] == '{')
            {
                var end = format.IndexOf('}', i);
                if (text.Length > 0)
                    yield return (text.ToString(), null);
                text.Clear();
                yield return ("", int.Parse(format.AsSpan(i + 1, end - i - 1), CultureInfo.InvariantCulture));
                i = end;
            }
            else
                text.Append(format[i]);
        }
        if (text.Length > 0)
            yield return (text.ToString(), null);
    }
}
