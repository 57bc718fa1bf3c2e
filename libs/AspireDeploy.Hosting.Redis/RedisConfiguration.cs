using System.Globalization;
using System.Text;
using AspireDeploy.Processes;

namespace AspireDeploy.Redis;

/// <summary>
/// Writes Redis's configuration file, which Valkey reads too: https://redis.io/docs/latest/operate/oss_and_stack/management/config/.
/// </summary>
internal static class RedisConfiguration
{
    /// <summary>Returns the file's text.</summary>
    public static string Write(DataDirectory data, string? password, int port, bool persist)
    {
        var lines = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"port {port}")
            .AppendLine("bind 127.0.0.1")
            .AppendLine(CultureInfo.InvariantCulture, $"dir {Quoted(persist ? data.Path : data.Place)}")
            .AppendLine("save \"\"")
            .AppendLine(persist ? "appendonly yes" : "appendonly no");
        if (password is not null)
        {
            lines.AppendLine(CultureInfo.InvariantCulture, $"requirepass {Quoted(password)}");
        }

        return lines.ToString();
    }

    // A quoted argument may hold any byte as \xHH.
    private static string Quoted(string text) => $"\"{string.Concat(Encoding.UTF8.GetBytes(text).Select(Written))}\"";

    private static string Written(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'/' or (byte)'.' or (byte)'-'
            ? ((char)value).ToString()
            : $"\\x{value:x2}";
}
