using System.Text.Json;
using AspireDeploy.Processes;

namespace AspireDeploy.Redis;

/// <summary>
/// Writes Garnet's configuration file, of which it reads JSON with <c>--config-import-path</c>. Its names are those of Garnet's
/// <c>defaults.conf</c>.
/// </summary>
internal static class GarnetConfiguration
{
    /// <summary>Returns the file's text.</summary>
    public static string Write(DataDirectory data, string? password, int port, bool persist)
    {
        var settings = new Dictionary<string, object>
        {
            ["Port"] = port,
            ["Address"] = "127.0.0.1",
            // A development cache: the defaults are for a server of its own.
            ["LogMemorySize"] = "64m",
            ["PageSize"] = "1m",
            ["IndexMemorySize"] = "1m",
            ["IndexMaxMemorySize"] = "64m",
            ["BufferPoolMemoryBudget"] = "32m",
            ["NetworkBufferMemoryBudget"] = "64m",
            // .NET's Redis cache and many Redis clients send scripts.
            ["EnableLua"] = true,
            ["QuietMode"] = true,
        };
        if (password is not null)
        {
            settings["AuthenticationMode"] = "Password";
            settings["Password"] = password;
        }

        if (persist)
        {
            settings["CheckpointDir"] = data.Path;
            // The native device needs libraries that a machine may lack, and ends the process when it does.
            settings["DeviceType"] = "RandomAccess";
            settings["Recover"] = true;
            settings["EnableAOF"] = true;
            settings["AofMemorySize"] = "16m";
            settings["AofPageSize"] = "4m";
            // Past this a checkpoint takes the log's place.
            settings["AofSizeLimit"] = "64m";
        }

        return JsonSerializer.Serialize(settings);
    }
}
