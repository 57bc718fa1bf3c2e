using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.KeyPerFile;

namespace AspireDeploy.ServiceDefaults.Secrets;

/// <summary>
/// Settings from files, one file a setting, as Compose, Swarm, Kubernetes and Nomad mount their secrets: the file's name is the key
/// (<c>__</c> stands for <c>:</c>, so <c>ConnectionStrings__catalog</c> is <c>ConnectionStrings:catalog</c>), its content the value, less a
/// final line break. A directory that isn't there holds no secrets.
/// </summary>
internal static class SecretFiles
{
    /// <summary>The setting that names another directory.</summary>
    internal const string DirectorySetting = "Secrets:Directory";

    /// <summary>Where container engines mount secrets.</summary>
    internal const string DefaultDirectory = "/run/secrets";

    /// <summary>
    /// Adds the files below environment variables and the command line: what a person sets at a start wins over what a target mounts.
    /// </summary>
    /// <exception cref="SettingException">A file in the directory can't be read by this user.</exception>
    internal static void Add(IConfigurationManager configuration)
    {
        var directory = configuration[DirectorySetting] ?? DefaultDirectory;
        if (!Directory.Exists(directory))
            return;
        var source = new KeyPerFileConfigurationSource { Optional = true, ReloadOnChange = false };
        source.FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(Path.GetFullPath(directory));
        try
        {
            configuration.Sources.Insert(BelowEnvironment(configuration.Sources), source);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new SettingException(
                $"A secret in {directory} can't be read by user {Environment.UserName}: {denied.Message} Mount it readable for the "
                    + "user that the process runs as."
            );
        }
    }

    // Host builders put a prefixed source for their own settings first and the application's, without a prefix, after its files.
    private static int BelowEnvironment(IList<IConfigurationSource> sources)
    {
        for (var i = sources.Count - 1; i >= 0; i--)
        {
            if (sources[i] is EnvironmentVariablesConfigurationSource { Prefix: null or "" })
                return i;
        }
        return sources.Count;
    }
}
